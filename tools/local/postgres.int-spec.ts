import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { isAlive } from './orphan';
import { eventually } from './ports';
import { LocalPostgres } from './postgres';

describe('a PostgreSQL of our own', () => {
  let folder: string;
  let said: string[];
  const started: LocalPostgres[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'new-retail-postgres-'));
    // As root it is run by another user of the system.
    await chmod(folder, 0o755);
    said = [];
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((server) => server.stop()));
    await rm(folder, { recursive: true });
  });

  const server = (): LocalPostgres => {
    const postgres = new LocalPostgres({ folder, durable: true, say: (message) => said.push(message) });
    started.push(postgres);
    return postgres;
  };
  const pid = async (): Promise<number> => Number(await readFile(join(folder, 'pid'), 'utf8'));
  async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  it('waits for the disk, and listens on loopback only', async () => {
    const url = await server().start();
    const [row] = await query(
      url,
      `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit, current_setting('listen_addresses') AS at`,
    );
    expect(row).toEqual({ fsync: 'on', commit: 'on', at: '127.0.0.1' });
  }, 30_000);

  (process.platform === 'linux' ? it : it.skip)(
    'waits its turn for a core, as do its sessions',
    async () => {
      const [session] = await query(await server().start(), 'SELECT pg_read_file($$/proc/self/stat$$) AS own');
      // Field 41 is the policy, see `inBackground`.
      const policies = [await readFile(`/proc/${await pid()}/stat`, 'utf8'), String(session?.['own'])].map(
        (stat) => stat.split(' ')[40],
      );
      expect(policies).toEqual(['3', '3']);
    },
    30_000,
  );

  it('keeps what was written, and its address, from one run to the next', async () => {
    const first = server();
    const url = await first.start();
    await query(url, 'CREATE TABLE kept AS SELECT 7 AS n');
    await first.stop();
    expect(isAlive(await pid())).toBe(false);
    expect(await server().start()).toBe(url);
    expect(await query(url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  }, 30_000);

  it('comes back on the same port when it was killed', async () => {
    const url = await server().start();
    await query(url, 'CREATE TABLE kept AS SELECT 7 AS n');
    const before = await pid();
    process.kill(before, 'SIGKILL');
    const back = (): Promise<boolean> => Promise.resolve(said.includes('PostgreSQL is back.'));
    await eventually(back, { timeoutMs: 20_000, complaint: said.join('\n') });
    expect(await pid()).not.toBe(before);
    expect(await query(url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    expect(said[0]).toMatch(/^PostgreSQL has ended \(SIGKILL\).*Requests are answered with 503 until it is back/);
  }, 30_000);

  it('begins again when it was interrupted while it was made', async () => {
    await mkdir(join(folder, 'data.new'));
    await writeFile(join(folder, 'data.new', 'PG_VERSION'), '18');
    const url = await server().start();
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  }, 30_000);

  it('leaves alone who has come to the number of an earlier one', async () => {
    await mkdir(join(folder, 'data'));
    await writeFile(join(folder, 'data', 'postmaster.pid'), `${process.pid}\n`);
    await LocalPostgres.stopLeftBehind(folder, (message) => said.push(message));
    expect(said).toEqual([]);
  });
});

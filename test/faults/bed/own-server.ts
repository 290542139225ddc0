import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../../../tools/local/orphan';
import { LocalPostgres } from '../../../tools/local/postgres';
import { ask } from './database';
import { tally } from './tally';
import { until } from './until';

/** A PostgreSQL that may be killed: its own, durable as `npm start` has it, and started again by whoever looks after it. */
export class OwnServer {
  private constructor(
    private readonly folder: string,
    private readonly postgres: LocalPostgres,
    readonly url: string,
  ) {}

  static async start(): Promise<OwnServer> {
    const folder = await mkdtemp(join(tmpdir(), 'new-retail-faults-'));
    await chmod(folder, 0o755);
    const postgres = new LocalPostgres({ folder: join(folder, 'postgres'), durable: true, say: () => undefined });
    const url = await postgres.start();
    // Long, so that what a commit did not wait for is surely lost when the server is killed.
    await ask(url, "ALTER SYSTEM SET wal_writer_delay = '10s'");
    await ask(url, 'SELECT pg_reload_conf()');
    return new OwnServer(folder, postgres, url);
  }

  /** The processes that serve the connections of whoever calls himself so. */
  async backends(application: string): Promise<number[]> {
    const sql = 'SELECT pid FROM pg_stat_activity WHERE application_name LIKE $1 ORDER BY pid';
    return (await ask<{ pid: number }>(this.url, sql, [application])).map(({ pid }) => pid);
  }

  /** The process that all others of the server come from. */
  async postmaster(): Promise<number> {
    return Number(await readFile(join(this.folder, 'postgres', 'pid'), 'utf8'));
  }

  /** Resolves when one of its processes is gone, which was killed, and it answers again. */
  async survives(victim: number): Promise<void> {
    tally('kills');
    await until(() => !isAlive(victim), 'a process of PostgreSQL to be gone');
    await this.answers();
  }

  async stop(): Promise<void> {
    await this.postgres.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private answers(): Promise<void> {
    const isThere = (): Promise<boolean> =>
      ask(this.url, 'SELECT 1').then(
        () => true,
        () => false,
      );
    return until(isThere, 'PostgreSQL to come back');
  }
}

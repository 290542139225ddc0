import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalPostgres } from '../../../tools/local/postgres';
import { ask } from './database';
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
    return new OwnServer(folder, postgres, await postgres.start());
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

  /** Resolves when it answers again. */
  answers(): Promise<void> {
    const isThere = (): Promise<boolean> =>
      ask(this.url, 'SELECT 1').then(
        () => true,
        () => false,
      );
    return until(isThere, 'PostgreSQL to come back');
  }

  async stop(): Promise<void> {
    await this.postgres.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

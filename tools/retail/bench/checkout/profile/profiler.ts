import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPool } from '#libs/eventsourcing/parts';
import { packageRoot } from '../../../../local/package-root';
import { eventually } from '../../../../local/ports';
import { spenders, type Spender } from '../../frame/cpu';
import { attribute, type Attribution, type CpuProfile } from './attribute';
import { spentByStage } from './spent';
import { stageCosts, type StageCost } from './table';

const WRITTEN_WITHIN_MS = 60_000;

/** What one run of the system costs, by stage, and where in its program. */
export interface Profile extends Attribution {
  costs: StageCost[];
  /** Where the processor profile is kept, for the tools that draw it. */
  file: string;
}

/** Profiles one run of a system: its program by sampling, its database by what each connection is for. */
export class Profiler {
  private before: Spender[] = [];
  private readonly uses = new Map<number, string>();

  /** @param folder where the system's process puts its profile */
  constructor(private readonly folder: string) {}

  /** What the system's process has to be started with. */
  async environment(): Promise<Record<string, string>> {
    await mkdir(this.folder, { recursive: true });
    const recorder = join(packageRoot(), 'dist', 'tools', 'retail', 'bench', 'checkout', 'profile', 'recorder.js');
    return { NODE_OPTIONS: `--require "${recorder}"`, BENCH_PROFILE: this.folder };
  }

  async start(system: { pid: number; databaseUrl: string }): Promise<void> {
    await this.lookAtConnections(system.databaseUrl);
    this.before = spenders(system.pid);
    process.kill(system.pid, 'SIGUSR2');
  }

  async stop({ pid, databaseUrl }: { pid: number; databaseUrl: string }, orders: number): Promise<Profile> {
    const after = spenders(pid);
    process.kill(pid, 'SIGUSR2');
    await this.lookAtConnections(databaseUrl);
    const written = join(this.folder, `${pid}.cpuprofile`);
    const complaint = 'The system does not write its processor profile.';
    await eventually(() => Promise.resolve(existsSync(written)), { timeoutMs: WRITTEN_WITHIN_MS, complaint });
    const found = attribute(JSON.parse(await readFile(written, 'utf8')) as CpuProfile);
    const file = join(tmpdir(), `new-retail-checkout-${Date.now()}.cpuprofile`);
    await copyFile(written, file);
    return { ...found, costs: stageCosts(found, spentByStage(this.before, after, this.uses), orders), file };
  }

  /** Connections come and go: whoever is there at the beginning or at the end is known. */
  private async lookAtConnections(databaseUrl: string): Promise<void> {
    const pool = openPool(databaseUrl, 1, { application_name: 'retail.bench' });
    const { rows } = await pool.query<{ pid: number; name: string }>(
      'SELECT pid, application_name AS name FROM pg_stat_activity WHERE datname = current_database()',
    );
    await pool.end();
    rows.forEach(({ pid, name }) => this.uses.set(pid, name));
  }
}

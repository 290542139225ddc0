import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../../tools/local/package-root';
import type { Line, Place } from './instance';
import type { Mishap } from './mishap';
import { tally } from './tally';
import { until } from './until';

/** How an instance comes into the world, beside where it lives. */
export interface Birth {
  /** It meets the first mishap that it reads of, or the first of a kind. */
  prone?: Mishap | true;
  /** How far its clock is ahead; behind, when negative. */
  clockAheadMs?: number;
}

/** What an instance tells. */
export type News = { url: string } | { acknowledged: string } | { failed: string; error: string };

const HOOK = join(packageRoot(), 'tools', 'setup', 'from-source.cjs');

/** An instance in a process of its own, which can be stopped where it stands, and killed. */
export class InstanceProcess {
  url = '';
  /** The command ids that it has acknowledged. */
  readonly acknowledged = new Set<string>();
  readonly failures: string[] = [];
  private asked = 0;
  private readonly gone: Promise<unknown>;
  private isGone = false;

  private constructor(private readonly child: ChildProcess) {
    this.gone = once(child, 'exit').then(() => (this.isGone = true));
    child.on('message', (news) => this.hear(news as News));
  }

  /** Resolves when it is ready. */
  static async start(place: Place, birth: Birth = {}): Promise<InstanceProcess> {
    const script = join(__dirname, 'instance-main.ts');
    const child = fork(script, [JSON.stringify({ place, ...birth })], { execArgv: ['--require', HOOK] });
    const started = new InstanceProcess(child);
    await started.until(() => started.isGone || started.url !== '', 'an instance to be ready');
    if (started.isGone) throw new Error('An instance has ended before it was ready; it has said why.');
    return started;
  }

  /** Has lines written, all at once; what it acknowledges is noted as it comes. */
  write(lines: readonly Line[]): void {
    // One that has just been killed takes no more orders; that is what the test is about.
    this.child.send([...lines], () => undefined);
    this.asked += lines.length;
    tally('lines', lines.length);
  }

  /** Resolves when it has answered everything that it was ever asked. */
  answersAll(): Promise<void> {
    return this.until(() => this.acknowledged.size + this.failures.length >= this.asked, 'an answer to everything');
  }

  acknowledges(count: number): Promise<void> {
    return this.until(() => this.acknowledged.size >= count, `${count} acknowledgments`);
  }

  /** Resolves when it is gone: by its own doing, or because somebody has killed it. */
  async ended(): Promise<void> {
    await this.until(() => this.isGone, 'an instance to end');
    tally('kills');
  }

  /** `SIGSTOP` leaves it where it stands, with connections open; `SIGCONT` wakes it; `SIGKILL` ends it. */
  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
    this.child.kill(signal);
  }

  async kill(): Promise<void> {
    tally('kills');
    await this.end();
  }

  /** The same where nothing depends on it any more. */
  async end(): Promise<void> {
    this.signal('SIGKILL');
    await this.gone;
  }

  /** Resolves when it stands still. */
  stops(): Promise<void> {
    tally('stops');
    return until(async () => (await stateOf(this.child.pid ?? 0)) === 'T', 'an instance to stand still');
  }

  private hear(news: News): void {
    if ('url' in news) this.url = news.url;
    else if ('acknowledged' in news) this.acknowledged.add(news.acknowledged);
    else this.failures.push(news.error);
  }

  private until(holds: () => boolean, what: string): Promise<void> {
    return until(holds, what).catch((error: unknown) => {
      throw new Error(`${String(error)} ${this.failures.slice(0, 3).join('; ')}`);
    });
  }
}

/** `T` for a process that was stopped, as Linux says it. */
async function stateOf(pid: number): Promise<string | undefined> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return status.slice(status.lastIndexOf(')') + 2).split(' ')[0];
}

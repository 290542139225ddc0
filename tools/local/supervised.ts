import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { end } from './orphan';

export interface SupervisedParts {
  /** For people: `PostgreSQL`. */
  name: string;
  file: string;
  args: readonly string[];
  options: SpawnOptions;
  /** Where its output goes. A file and not a pipe, so that it can outlive us without choking. */
  log: string;
  /** Where its process id is kept, so that a later run can find what this one left behind. */
  pidFile: string;
  /** How it is asked to end in good order. */
  stopSignal: NodeJS.Signals;
  /** Resolves when the process `pid` can be used; rejects when it will not come, or at once when `signal` says that it died. */
  ready: (pid: number, signal: AbortSignal) => Promise<void>;
  /** What its absence means, for people. */
  meanwhile: string;
  say: (message: string) => void;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5000;
/** Who lived that long was well: the next pause is short again. */
const STEADY_MS = 30_000;

/** A server process of ours: started, started again when it ends by itself, and stopped in good order. */
export class Supervised {
  private child: ChildProcess | undefined;
  private readonly ending = new AbortController();
  private failures = 0;
  private readyAt = 0;

  constructor(private readonly parts: SupervisedParts) {}

  /** Resolves when it can be used. @throws Error when it dies before, or is not ready in time; then it is ended */
  async start(): Promise<void> {
    const child = this.spawn();
    const gone = new AbortController();
    const died = new Promise<never>((_resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => reject(new Error(this.died(code, signal))));
    });
    try {
      await Promise.race([this.parts.ready(child.pid ?? 0, gone.signal), died]);
    } catch (error) {
      gone.abort();
      await this.endChild();
      throw error;
    }
    this.readyAt = performance.now();
    died.catch((cause: unknown) => this.revive(cause));
  }

  /** Asks it to end, before anything is waited for, and waits until it has. It is not started again. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.endChild();
  }

  private async endChild(): Promise<void> {
    const { pid, exitCode, signalCode } = this.child ?? {};
    if (pid !== undefined && exitCode === null && signalCode === null) await end(pid, this.parts.stopSignal);
  }

  private spawn(): ChildProcess {
    const log = openSync(this.parts.log, 'a');
    // A group of its own: Ctrl-C in the terminal is for us, and we stop it when its users are done.
    const child = spawn(this.parts.file, [...this.parts.args], {
      ...this.parts.options,
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    writeFileSync(this.parts.pidFile, String(child.pid ?? 0));
    this.child = child;
    return child;
  }

  private async revive(cause: unknown): Promise<void> {
    const { name, meanwhile, say } = this.parts;
    for (let reason = cause; !this.ending.signal.aborted;) {
      say(`${reason instanceof Error ? reason.message : String(reason)} ${meanwhile} It is being started again.`);
      try {
        await setTimeout(this.nextPause(), undefined, { signal: this.ending.signal });
        await this.start();
        say(`${name} is back.`);
        return;
      } catch (error) {
        reason = error;
      }
    }
  }

  private nextPause(): number {
    if (performance.now() - this.readyAt > STEADY_MS) this.failures = 0;
    return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.failures++);
  }

  private died(code: number | null, signal: NodeJS.Signals | null): string {
    return `${this.parts.name} has ended (${signal ?? `status ${code ?? 'unknown'}`}); its log is ${this.parts.log}.`;
  }
}

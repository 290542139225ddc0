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
  /** Resolves when it can be used; rejects when it will not come. */
  ready: () => Promise<void>;
  /** What its absence means, for people. */
  meanwhile: string;
  say: (message: string) => void;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5000;

/** A server process of ours: started, started again when it ends by itself, and stopped in good order. */
export class Supervised {
  private child: ChildProcess | undefined;
  private stopping = false;
  private failures = 0;

  constructor(private readonly parts: SupervisedParts) {}

  async start(): Promise<void> {
    const child = this.spawn();
    const early = new Promise<never>((_resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => reject(new Error(this.died(code, signal))));
    });
    await Promise.race([this.parts.ready(), early]);
    early.catch(() => undefined);
    child.once('exit', (code, signal) => void this.revive(code, signal));
  }

  async stop(): Promise<void> {
    this.stopping = true;
    if (this.child?.pid !== undefined) await end(this.child.pid, this.parts.stopSignal);
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

  private async revive(code: number | null, signal: NodeJS.Signals | null): Promise<void> {
    if (this.stopping) return;
    this.parts.say(`${this.died(code, signal)} ${this.parts.meanwhile} It is being started again.`);
    await setTimeout(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.failures++));
    try {
      // It may have been stopped during the pause.
      if (this.isStopping()) return;
      await this.start();
      this.failures = 0;
      this.parts.say(`${this.parts.name} is back.`);
    } catch (error) {
      this.parts.say(String(error));
      await this.revive(null, null);
    }
  }

  private isStopping(): boolean {
    return this.stopping;
  }

  private died(code: number | null, signal: NodeJS.Signals | null): string {
    const how = signal ?? (code === null ? 'it did not start' : `status ${code}`);
    return `${this.parts.name} has ended (${how}); its log is ${this.parts.log}.`;
  }
}

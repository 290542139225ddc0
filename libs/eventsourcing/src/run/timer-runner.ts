import { Bell } from '../feed/log-signal';
import { isPassing } from '../store/faults';
import type { Leases } from '../store/leases';
import type { Timer, TimerChange, Timers } from '../store/timers';
import { Refusal } from '../vocabulary';
import type { CommandTypes } from './command-types';
import type { Dispatch } from './reactions';

export interface TimerRunnerParts {
  timers: Timers;
  leases: Leases;
  types: CommandTypes;
  dispatch: Dispatch;
  /**
   * Resolves when the processes have taken in what came before the start: what falls due while nobody is here may have been called off
   * meanwhile.
   */
  ready: () => Promise<void>;
  /** Told of a command that its rule refused: nobody waits for it, so that is the end of it. */
  onRefused: (process: string, what: string, refusal: Refusal) => void;
  onPoison: (process: string, error: string) => void;
  onError: (error: unknown) => void;
}

const PAGE = 100;
/** How long a timer that another instance has set may stay unseen. */
const LOOK_MS = 1000;
const RETRY_MS = 500;
/** Pauses after a command failed that its rule did not refuse; after the last one the timer is parked. */
const PAUSES_MS = [1000, 10_000, 60_000];

/**
 * Carries out commands when their time has come. Instances share the lanes by leases; if two believe to hold one, both send
 * the same command under the same id, and the log takes it once. The row goes after the command is written, for the same reason.
 */
export class TimerRunner {
  private readonly bell = new Bell();
  private stopped = false;
  private done: Promise<void> = Promise.resolve();

  constructor(private readonly parts: TimerRunnerParts) {}

  async start(): Promise<void> {
    await this.parts.leases.start();
    this.done = this.run();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.bell.ring();
    await this.done;
    await this.parts.leases.stop().catch(this.parts.onError);
  }

  /** Looks at once when one of these may fall due before the next look. */
  expect(changes: readonly TimerChange[]): void {
    const soon = Date.now() + LOOK_MS;
    if (changes.some(({ set }) => set && Date.parse(set.dueAt) <= soon)) this.wake();
  }

  /** Looks at once. */
  wake(): void {
    this.bell.ring();
  }

  private async run(): Promise<void> {
    await this.parts.ready();
    while (!this.stopped) {
      try {
        await this.bell.wait(await this.round());
      } catch (error) {
        this.parts.onError(error);
        await this.bell.wait(RETRY_MS);
      }
    }
  }

  /** Fires what is due; gives how long there is nothing to do, in milliseconds. */
  private async round(): Promise<number> {
    const lanes = [...this.parts.leases.held()];
    if (lanes.length === 0) return LOOK_MS;
    const due = await this.parts.timers.due(lanes, PAGE);
    const fired = await Promise.allSettled(due.map((timer) => this.fire(timer)));
    const over = due.filter((_, n) => (fired[n] as PromiseFulfilledResult<boolean>).value);
    if (over.length > 0) await this.parts.timers.finish(over);
    const failure = fired.find(({ status }) => status === 'rejected');
    if (failure) throw (failure as PromiseRejectedResult).reason;
    return Math.max(0, Math.min(LOOK_MS, (await this.parts.timers.nextIn(lanes)) ?? LOOK_MS));
  }

  /** Whether the timer is over and done with. Rejects when the same should be tried again, because the database is away. */
  private async fire(timer: Timer): Promise<boolean> {
    const { process, id: commandId, dueAt: now } = timer;
    try {
      const command = this.parts.types.revive(timer.command, timer.data);
      await this.parts.dispatch(command, { commandId, by: `process:${process}`, now });
      return true;
    } catch (error) {
      if (isPassing(error) || this.stopped) throw error;
      if (!(error instanceof Refusal)) return this.failed(timer, String(error));
      this.parts.onRefused(process, inWords(timer), error);
      return true;
    }
  }

  private async failed(timer: Timer, error: string): Promise<false> {
    const pause = PAUSES_MS[timer.attempts];
    await this.parts.timers.failed(timer, error, pause);
    if (pause === undefined) this.parts.onPoison(timer.process, `${inWords(timer)}: ${error}`);
    return false;
  }
}

function inWords({ key, command, dueAt }: Timer): string {
  return `timer ${key}, ${command} due ${dueAt}`;
}

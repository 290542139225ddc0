import type { EventStore } from '../store/event-store';
import type { SnapshotPolicy } from '../vocabulary';
import type { Known } from './state-cache';

const PACE_MS = 1000;
/** Written in one statement; what is beyond waits for the next round. */
const MOST = 200;

interface Kind {
  snapshot?: SnapshotPolicy;
}

/**
 * Keeps the states of long streams, in the background and never in a caller's way: they are only a shorter way to what the events
 * say, so one that gets lost costs nothing but time.
 */
export class Snapshots {
  private readonly due = new Map<string, { stateVersion: number; known: Known }>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly onError: (error: unknown) => void = () => undefined,
  ) {}

  /** The last snapshots of those of the streams whose kind has any. */
  async find(streams: readonly (readonly [stream: string, kind: Kind])[]): Promise<Map<string, Known>> {
    const wanted = streams.flatMap(([stream, { snapshot }]) =>
      snapshot ? [{ stream, stateVersion: snapshot.stateVersion }] : [],
    );
    if (wanted.length === 0) return new Map();
    const found = await this.store.snapshots(wanted);
    return new Map(found.map(({ stream, version, state }) => [stream, { version, state: JSON.parse(state) as unknown }]));
  }

  /** A stream has come from a version to a state: if it passed a multiple of what its kind says, the state will be kept. */
  consider({ snapshot }: Kind, stream: string, before: number, now: Known): void {
    if (!snapshot) return;
    const { every, stateVersion } = snapshot;
    if (Math.floor(now.version / every) === Math.floor(before / every)) return;
    this.due.set(stream, { stateVersion, known: now });
    this.timer ??= setTimeout(() => void this.write(), PACE_MS).unref();
  }

  /** Writes down what is due. */
  async stop(): Promise<void> {
    while (this.due.size > 0) await this.write();
  }

  private async write(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const batch = [...this.due].slice(0, MOST);
    for (const [stream] of batch) this.due.delete(stream);
    const snapshots = batch.map(
      ([
        stream,
        {
          stateVersion,
          known: { version, state },
        },
      ]) => {
        return { stream, stateVersion, version, state: JSON.stringify(state) };
      },
    );
    await this.store.keep(snapshots).catch(this.onError);
    if (this.due.size > 0) this.timer ??= setTimeout(() => void this.write(), PACE_MS).unref();
  }
}

import type { Checkpoints } from '../store/checkpoints';
import type { Parked } from '../store/parked';

/** What this process believes its checkpoints to be. The compare-and-set in the database decides whether it is right. */
export class Watermarks {
  /** By consumer, source and lane: asked for every slice, so that no name is put together for it. */
  private readonly marks = new Map<string, Map<string, number[]>>();

  constructor(
    private readonly checkpoints: Checkpoints,
    private readonly consumers: readonly { name: string; sources: readonly string[] }[],
    private readonly lanes: number,
    private readonly parked: Pick<Parked, 'load'>,
  ) {}

  /** Makes missing checkpoints and reads all of them. */
  async load(): Promise<void> {
    for (const { name, sources } of this.consumers) await this.checkpoints.ensure(name, sources, this.lanes);
    await this.reload();
  }

  /**
   * Learns what other instances have done. Marks only rise: what this process has done may not be written down yet. What the others
   * could not take in on the way is learnt first, so that nothing of those streams is taken in out of turn.
   */
  async reload(): Promise<void> {
    const marks = await this.checkpoints.list();
    await this.parked.load();
    for (const { consumer, source, lane, position } of marks) {
      this.set(consumer, source, lane, Math.max(position, this.of(consumer, source, lane)));
    }
  }

  of(consumer: string, source: string, lane: number): number {
    return this.marks.get(consumer)?.get(source)?.[lane] ?? 0;
  }

  set(consumer: string, source: string, lane: number, position: number): void {
    const bySource = this.marks.get(consumer) ?? new Map<string, number[]>();
    const byLane = bySource.get(source) ?? [];
    byLane[lane] = position;
    this.marks.set(consumer, bySource.set(source, byLane));
  }

  /** What every consumer of a source has in; undefined when none reads it. */
  lowest(source: string, lane: number): number | undefined {
    const positions = this.consumers
      .filter(({ sources }) => sources.includes(source))
      .map(({ name }) => this.of(name, source, lane));
    return positions.length > 0 ? Math.min(...positions) : undefined;
  }
}

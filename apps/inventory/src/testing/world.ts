import {
  fold,
  streamId,
  type AnyEvent,
  type DecideAcross,
  type StateOf,
  type StreamEvents,
} from '#libs/eventsourcing/vocabulary';
import { stockId } from '../stock/stock';

/** A small inventory in memory, changed by nothing but the rules. */
export class World {
  readonly log = new Map<string, AnyEvent[]>();
  private documents = 0;
  readonly stateOf: StateOf = (aggregate, id) => fold(aggregate, this.log.get(streamId(aggregate, id)) ?? []);

  constructor(places: readonly string[]) {
    for (const place of places) {
      const data = { location: place, name: place, kind: 'warehouse', latitude: 0, longitude: 0 };
      this.append({ stream: `location:${place}`, events: [{ type: 'LocationRegistered', data }] });
    }
  }

  /** Carries out a command; one that is refused changes nothing. @throws Refusal */
  run<C, G>(decide: DecideAcross<C, G>, command: C, given: G): StreamEvents[] {
    const decided = decide(command, this.stateOf, { now: '2026-01-02T03:04:05.678Z', by: 'test', given });
    decided.forEach((part) => this.append(part));
    return decided;
  }

  nextDocument(): string {
    return `d${this.documents++}`;
  }

  /** Units that events of these types moved, of one SKU at one place. */
  total(sku: string, place: string, ...types: string[]): number {
    const events = this.log.get(`stock:${stockId(sku, place)}`) ?? [];
    return events
      .filter(({ type }) => types.includes(type))
      .reduce((sum, { data }) => sum + (data as { quantity: number }).quantity, 0);
  }

  private append({ stream, events }: StreamEvents): void {
    this.log.set(stream, [...(this.log.get(stream) ?? []), ...events]);
  }
}

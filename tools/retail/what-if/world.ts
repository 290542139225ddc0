import { location } from '../../../apps/inventory/src/locations/location';
import { reservation } from '../../../apps/inventory/src/reservations/reservation';
import type { Place, Whereabouts } from '../../../apps/inventory/src/reservations/sourcing';
import { stock, stockId } from '../../../apps/inventory/src/stock/stock';
import { fold, streamId, type Aggregate, type StateOf, type StreamEvents } from '#libs/eventsourcing/vocabulary';

// Each kind has a state of its own; whoever asks for one names its aggregate.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const KINDS = new Map<string, Aggregate<any, any>>([stock, reservation, location].map((kind) => [kind.category, kind]));

/** Inventory in memory: the state of every stream that its rules look at, changed by nothing but events. */
export class World {
  /** The places that have carried a SKU. */
  private readonly carriers = new Map<string, Set<string>>();

  constructor(private readonly states = new Map<string, unknown>()) {
    for (const stream of states.keys()) this.remember(stream);
  }

  readonly stateOf: StateOf = (aggregate, id) => {
    const stream = streamId(aggregate, id);
    return this.states.has(stream) ? (this.states.get(stream) as never) : aggregate.initial;
  };

  /** What happens in one of them does not happen in the other. */
  copy(): World {
    return new World(new Map(this.states));
  }

  apply({ stream, events }: StreamEvents): void {
    const kind = KINDS.get(stream.slice(0, stream.indexOf(':')));
    if (!kind) return;
    if (!this.states.has(stream)) this.remember(stream);
    this.states.set(stream, fold(kind, events, this.states.get(stream) ?? (kind.initial as unknown)));
  }

  /** What the availability view would say of these SKUs if it were never behind, where `free` says what of a stock can be promised. */
  whereabouts(skus: readonly string[], free: (id: string) => number): Whereabouts {
    const shelves = skus.map((sku) => new Map(this.placesOf(sku).map((place) => [place, free(stockId(sku, place))])));
    const ids = new Set(shelves.flatMap((shelf) => [...shelf.keys()]));
    const places = [...ids].flatMap((id) => this.place(id));
    return { shelves, places: new Map(places.map((place) => [place.location, place])) };
  }

  /** Every place that is registered. */
  get places(): Place[] {
    const streams = [...this.states.keys()].filter((stream) => stream.startsWith('location:'));
    return streams.flatMap((stream) => this.place(stream.slice('location:'.length)));
  }

  private place(id: string): Place[] {
    const known = this.stateOf(location, id);
    return known ? [{ location: id, ...known }] : [];
  }

  private placesOf(sku: string): string[] {
    return [...(this.carriers.get(sku) ?? [])].sort();
  }

  private remember(stream: string): void {
    const [, sku, place] = /^stock:([^@]+)@(.+)$/.exec(stream) ?? [];
    if (sku === undefined || place === undefined) return;
    this.carriers.set(sku, (this.carriers.get(sku) ?? new Set()).add(place));
  }
}

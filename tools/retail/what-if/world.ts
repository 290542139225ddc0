import { location } from '../../../apps/inventory/src/locations/location';
import { reservation, type Reservation } from '../../../apps/inventory/src/reservations/reservation';
import { whereabouts, type Whereabouts } from '../../../apps/inventory/src/sourcing/search';
import type { Place } from '../../../apps/inventory/src/sourcing/place';
import { sourcingRule } from '../../../apps/inventory/src/sourcing/sourcing-rule';
import { Territory } from '../../../apps/inventory/src/sourcing/territory';
import { dayOfMoment } from '../../../apps/inventory/src/stock/lots';
import { stock, stockId } from '../../../apps/inventory/src/stock/stock';
import { parcelsOf } from '#libs/contracts';
import { fold, streamId, type Aggregate, type StateOf, type StreamEvents } from '#libs/eventsourcing/vocabulary';

// Each kind has a state of its own; whoever asks for one names its aggregate.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const KINDS = new Map<string, Aggregate<any, any>>(
  [stock, reservation, location, sourcingRule].map((kind) => [kind.category, kind]),
);

const DAY_MS = 86_400_000;

/** Inventory in memory: the state of every stream that its rules look at, changed by nothing but events. */
export class World {
  /** The time that it is there: UTC, ISO 8601. */
  now = '';
  /** The places that have carried a SKU. */
  private readonly carriers = new Map<string, Set<string>>();
  private readonly territories = new Map<string, Territory>();
  /** How many reservations each place holds goods for. */
  private readonly load = new Map<string, number>();
  /** Those that territories are made of. */
  private readonly places = new Map<string, Place>();

  constructor(private readonly states = new Map<string, unknown>()) {
    for (const [stream, state] of states) {
      this.remember(stream);
      if (isReservation(stream)) this.weigh(state as Reservation, 1);
    }
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
    if (kind === location) [this.territories, this.places].forEach((known) => known.clear());
    if (!this.states.has(stream)) this.remember(stream);
    const before = this.states.get(stream) ?? (kind.initial as unknown);
    const after: unknown = fold(kind, events, before);
    this.states.set(stream, after);
    if (kind !== reservation) return;
    this.weigh(before as Reservation, -1);
    this.weigh(after as Reservation, 1);
  }

  /** What the availability view would say of these SKUs if it were never behind, where `free` says what of a stock can be promised. */
  whereabouts(skus: readonly string[], free: (id: string) => number): Whereabouts {
    if (skus.length === 0) return { shelves: [], territory: this.territory(this.placeIds) };
    return whereabouts(
      skus.map((sku) => {
        const territory = this.territory(this.placesOf(sku));
        const ids = territory.ids.map((place) => stockId(sku, place));
        const shelfLifeDays = ids.map((id) => this.shelfLife(id));
        const isMortal = shelfLifeDays.some((days) => days !== null);
        return { territory, available: ids.map(free), ...(isMortal && { shelfLifeDays }) };
      }),
    );
  }

  /** Days until what expires first has expired; null where nothing does. */
  private shelfLife(id: string): number | null {
    const lot = this.stateOf(stock, id).lots?.find(({ units, kept, expiresOn }) => units > kept && expiresOn !== undefined);
    return lot?.expiresOn === undefined ? null : (Date.parse(lot.expiresOn) - Date.parse(dayOfMoment(this.now))) / DAY_MS;
  }

  /** Every place that is registered. */
  private get placeIds(): string[] {
    const streams = [...this.states.keys()].filter((stream) => stream.startsWith('location:'));
    return streams.map((stream) => stream.slice('location:'.length)).sort();
  }

  /** Places change rarely, and are asked for by every order. */
  private territory(ids: readonly string[]): Territory {
    const name = ids.join('\n');
    const known = this.territories.get(name);
    if (known) return known;
    const made = new Territory(
      ids,
      ids.map((id) => this.place(id)),
    );
    this.territories.set(name, made);
    return made;
  }

  private place(id: string): Place | undefined {
    const known = this.stateOf(location, id);
    if (!known) return undefined;
    const place = this.places.get(id) ?? { location: id, openOrders: this.load.get(id) ?? 0, ...known };
    this.places.set(id, place);
    return place;
  }

  /** What a reservation is to the places that hold it, so that they are as busy as they would be. */
  private weigh(state: Reservation, by: 1 | -1): void {
    if (state.status !== 'held') return;
    for (const { location: id } of parcelsOf(state)) {
      const openOrders = (this.load.get(id) ?? 0) + by;
      this.load.set(id, openOrders);
      Object.assign(this.places.get(id) ?? {}, { openOrders });
    }
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

const isReservation = (stream: string): boolean => stream.startsWith(`${reservation.category}:`);

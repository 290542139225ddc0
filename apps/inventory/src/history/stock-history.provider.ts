import { Injectable } from '@nestjs/common';
import { Streams, streamId } from '#libs/eventsourcing';
import { reservation } from '../reservations/reservation';
import { StockMap } from '../sourcing/stock-map.view';
import { stock, stockId } from '../stock/stock';
import type { Moment } from './moment';
import { quantitiesOf, type Quantities } from './quantities';
import { Lines, orderBehind, sourceOf, Tally, type Line, type Source } from './statement';
import { Unwinding, type Level } from './unwinding';

/** A SKU at one place as it stands now: what there is, and at which version of its stream. */
interface Head {
  location: string;
  version: number;
  quantities: Quantities;
}

/** A SKU as it stands now at the places that were asked about. */
export interface Heads {
  sku: string;
  places: readonly Head[];
}

/** From where on the lines of a place are told: before a version, with what there was before it. */
export interface Place {
  location: string;
  before: number;
  balance: Quantities;
}

export interface LocatedLine extends Line {
  location: string;
  source: Source | null;
}

/** The history of a SKU, read from the log itself: the streams of its places, from their ends, and no further than is needed. */
@Injectable()
export class StockHistory {
  constructor(
    private readonly streams: Streams,
    private readonly stockMap: StockMap,
  ) {}

  /**
   * Where to look back from: one location, or all that have ever carried the SKU. What is written later changes nothing in what is
   * told on its ground.
   */
  async heads(sku: string, location?: string): Promise<Heads> {
    const locations = location === undefined ? await this.carriers(sku) : [location];
    const places = locations.map(async (at): Promise<Head> => {
      const { state, version } = await this.streams.read(stock, stockId(sku, at));
      return { location: at, version, quantities: quantitiesOf(state) };
    });
    return { sku, places: await Promise.all(places) };
  }

  /** What there was at each place at a moment; places where the SKU had not been by then are left out. */
  async levels(heads: Heads, moment: Moment): Promise<Map<string, Level>> {
    const { sku, places } = heads;
    const streamAt = (location: string): string => streamId(stock, stockId(sku, location));
    const now = places.map(
      ({ location, version, quantities }) => [streamAt(location), { ...quantities, events: version }] as const,
    );
    const unwinding = new Unwinding(new Map(now), moment);
    await this.streams.walkBack(ends(heads), (event) => unwinding.take(event));
    const levels = places.map(({ location }) => [location, unwinding.at(streamAt(location))] as const);
    return new Map(levels.filter((entry): entry is [string, Level] => (entry[1]?.events ?? 0) > 0));
  }

  /** Everything that counts at a moment, type by type. It looks at every event of the SKU at these places. */
  async tally(heads: Heads, moment: Moment): Promise<Tally> {
    const tally = new Tally(moment);
    await this.streams.walkBack(ends(heads), (event) => {
      tally.take(event);
      return true;
    });
    return tally;
  }

  /** The lines of one place after another, each newest first, up to `most`. */
  async lines(sku: string, places: readonly Place[], moment: Moment, most: number): Promise<LocatedLine[]> {
    const found: LocatedLine[] = [];
    for (const { location, before, balance } of places) {
      const lines = new Lines(balance, moment, most - found.length);
      await this.streams.walkBack([{ aggregate: stock, id: stockId(sku, location), before }], (event) => lines.take(event));
      found.push(...(await Promise.all(lines.lines.map((line) => this.located(location, line)))));
      if (found.length >= most) break;
    }
    return found;
  }

  private async located(location: string, line: Line): Promise<LocatedLine> {
    const source = sourceOf(line.event.data as object);
    if (source?.kind !== reservation.category) return { location, source, ...line };
    const { state } = await this.streams.read(reservation, source.id);
    return { location, source: orderBehind(source, state), ...line };
  }

  /** In order. The view knows who they are, and it has to know all of them. */
  private async carriers(sku: string): Promise<string[]> {
    const { shelves } = await this.stockMap.completely([sku]);
    return shelves.flatMap((shelf) => shelf.territory.ids).sort();
  }
}

function ends({ sku, places }: Heads): { aggregate: typeof stock; id: string; before: number }[] {
  return places.map(({ location, version }) => ({ aggregate: stock, id: stockId(sku, location), before: version + 1 }));
}

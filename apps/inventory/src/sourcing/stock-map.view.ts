import { DataSource } from 'typeorm';
import { Batcher, Consumers, RowsByKey } from '#libs/eventsourcing';
import { whereabouts, type Whereabouts } from './search';
import { Lookup } from './lookup.view';
import type { Place } from './place';
import { PlaceBook } from './place-book';
import { NOWHERE, type Shelf, type Units } from './territory';

/**
 * One row per SKU, however many places carry it. The places come as text: it is the name of their territory, and mostly known. What is
 * kept from sale is compared by a difference, so that the index of what expires next, which begins with the day, is not thought of.
 */
const SHELVES = `
  SELECT wanted.sku, stock.locations, stock.available, stock.promised, lots.days
  FROM unnest($1::text[]) AS wanted (sku), LATERAL (
    SELECT json_agg(location)::text AS locations, array_agg(available) AS available,
           json_object_agg(location, promised) FILTER (WHERE promised IS NOT NULL) AS promised
    FROM (SELECT location, available, promised FROM inventory.availability WHERE sku = wanted.sku ORDER BY location) shelf
  ) stock, LATERAL (
    SELECT json_object_agg(location, days) AS days
    FROM (
      SELECT location, min(expires_on)::date - (now() AT TIME ZONE 'UTC')::date AS days
      FROM inventory.lot_stock WHERE sku = wanted.sku AND units - kept > 0 AND expires_on IS NOT NULL GROUP BY location
    ) lot
  ) lots
  WHERE stock.locations IS NOT NULL`;

const PLACES = `
  SELECT id AS location, kind, latitude, longitude, capabilities, profile, coalesce(open_orders, 0) AS "openOrders"
  FROM inventory.location LEFT JOIN inventory.location_load load ON load.location = id`;

/** As long as the view itself takes between rounds: what is on a shelf now is found by the orders of the next moment. */
const STOCK_FRESH_MS = 150;
/** A SKU that is in more places costs more to look up, and one of its shelves matters less: it is remembered longer, in proportion. */
const MANY_PLACES = 100;
const PLACES_FRESH_MS = 1000;
const CAPACITY = 100_000;
const PATIENCE_MS = 10_000;
const MAX_QUESTIONS = 500;
const PACE_MS = 2;
/** All places are looked up together. */
const ALL = 'all';

interface ShelfRow {
  sku: string;
  locations: string;
  available: number[];
  /** What each channel may have, by place; null where no place shares anything out. */
  promised: Record<string, Units> | null;
  /** Until what expires first has expired, by place; null where nothing does. */
  days: Record<string, number> | null;
}

type PlaceRow = Omit<Place, 'profile'> & { profile: object };

interface Question {
  skus: readonly string[];
  resolve: (found: Whereabouts) => void;
  reject: (error: unknown) => void;
}

/**
 * Which places carry a SKU, as the availability view has it. A view only says where to look first, because the stock streams
 * decide; so its answers are shared by the orders of a moment, and remembered for the next.
 */
export class StockMap {
  private readonly shelves: Lookup<ShelfRow | undefined>;
  private readonly book = new PlaceBook();
  private readonly places: Lookup<PlaceBook>;
  private readonly complete = new Batcher<Question>((questions) => this.answer(questions), {
    size: () => MAX_QUESTIONS,
    paceMs: PACE_MS,
  });

  constructor(
    private readonly db: DataSource,
    private readonly rows: RowsByKey,
    private readonly consumers: Consumers,
  ) {
    this.shelves = new Lookup<ShelfRow | undefined>({
      ...{ none: undefined, freshMs: freshMsOf, capacity: CAPACITY },
      load: (skus) => this.loadShelves(skus),
    });
    this.places = new Lookup<PlaceBook>({
      ...{ none: this.book, freshMs: () => PLACES_FRESH_MS, capacity: 1 },
      load: () => this.loadPlaces(),
    });
  }

  /** Where each SKU was a moment ago; for no SKUs, every place. */
  async lately(skus: readonly string[]): Promise<Whereabouts> {
    const rows = await this.shelves.find(skus);
    await this.places.find([ALL]);
    return located(rows, this.book);
  }

  /** Where each SKU was when this was asked, or later: where it is not found, it was not at that moment. */
  completely(skus: readonly string[]): Promise<Whereabouts> {
    return new Promise((resolve, reject) => this.complete.push({ skus, resolve, reject }));
  }

  private async answer(questions: readonly Question[]): Promise<void> {
    try {
      if (!(await this.consumers.caughtUp(PATIENCE_MS))) throw viewIsBehind();
      const skus = [...new Set(questions.flatMap((question) => question.skus))];
      const rows = await this.shelves.findNow(skus);
      await this.places.findNow([ALL]);
      const bySku = new Map(skus.map((sku, n) => [sku, rows[n]]));
      for (const { skus: asked, resolve } of questions) {
        resolve(
          located(
            asked.map((sku) => bySku.get(sku)),
            this.book,
          ),
        );
      }
    } catch (error) {
      questions.forEach(({ reject }) => reject(error));
    }
  }

  private async loadShelves(skus: string[]): Promise<Map<string, ShelfRow>> {
    const rows = await this.rows.find<ShelfRow>('shelves', SHELVES, [skus]);
    // A place that has just come is known as soon as it has goods.
    if (rows.some(({ locations }) => !this.book.territory(locations).isKnown)) await this.places.findNow([ALL]);
    return new Map(rows.map((row) => [row.sku, row]));
  }

  private async loadPlaces(): Promise<Map<string, PlaceBook>> {
    const rows = await this.db.query<PlaceRow[]>(PLACES);
    return new Map([[ALL, this.book.renew(rows.map(({ profile, ...facts }): Place => ({ ...facts, ...profile })))]]);
  }
}

/** How a service provides it. */
export const stockMap = {
  provide: StockMap,
  inject: [DataSource, RowsByKey, Consumers],
  useFactory: (db: DataSource, rows: RowsByKey, consumers: Consumers): StockMap => new StockMap(db, rows, consumers),
};

function freshMsOf(row: ShelfRow | undefined): number {
  return STOCK_FRESH_MS * Math.max(1, (row?.available.length ?? 0) / MANY_PLACES);
}

function located(rows: readonly (ShelfRow | undefined)[], places: PlaceBook): Whereabouts {
  if (rows.length === 0) return { shelves: [], territory: places.everywhere };
  return whereabouts(rows.map((row) => (row ? shelfOf(row, places) : NOWHERE)));
}

function shelfOf({ locations, available: free, promised, days }: ShelfRow, places: PlaceBook): Shelf {
  const territory = places.territory(locations);
  const available = promised ? territory.ids.map((id, n) => promised[id] ?? free[n] ?? 0) : free;
  return { territory, available, ...(days && { shelfLifeDays: territory.ids.map((id) => days[id] ?? null) }) };
}

/** A fault of the kind after which the process asks again: no answer is better than a wrong one. */
function viewIsBehind(): Error {
  const message =
    'The availability view is behind the log, so that a refusal could be wrong. GET /inventory/consumers says how far.';
  return Object.assign(new Error(message), { code: 'ETIMEDOUT' });
}

import { DataSource } from 'typeorm';
import { Batcher, Consumers } from '#libs/eventsourcing';
import { Lookup } from './lookup.view';
import type { Place, Shelves, Units, Whereabouts } from './sourcing';

/** One row per SKU, however many places carry it; each by the primary key, whatever the planner believes about the table. */
const SHELVES = `
  SELECT wanted.sku, stock.locations, stock.available
  FROM unnest($1::text[]) AS wanted (sku), LATERAL (
    SELECT json_agg(location) AS locations, json_agg(coalesce(promised, to_jsonb(available))) AS available
    FROM inventory.availability WHERE sku = wanted.sku
  ) stock
  WHERE stock.locations IS NOT NULL`;

const PLACES = 'SELECT id AS location, kind, latitude, longitude FROM inventory.location WHERE id = ANY ($1::text[])';

const NOWHERE: Shelves = new Map();
/** As long as the view itself takes between rounds: what is on a shelf now is found by the orders of the next moment. */
const STOCK_FRESH_MS = 150;
const PLACE_FRESH_MS = 10_000;
const CAPACITY = 100_000;
const PATIENCE_MS = 10_000;
const MAX_QUESTIONS = 500;
const PACE_MS = 2;

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
  private readonly shelves: Lookup<Shelves>;
  private readonly places: Lookup<Place | undefined>;
  private readonly complete = new Batcher<Question>((questions) => this.answer(questions), {
    size: () => MAX_QUESTIONS,
    paceMs: PACE_MS,
  });

  constructor(
    private readonly db: DataSource,
    private readonly consumers: Consumers,
  ) {
    const shelves = { none: NOWHERE, freshMs: STOCK_FRESH_MS, capacity: CAPACITY };
    const places = { none: undefined, freshMs: PLACE_FRESH_MS, capacity: CAPACITY };
    this.shelves = new Lookup({ ...shelves, load: (skus) => this.loadShelves(skus) });
    this.places = new Lookup<Place | undefined>({ ...places, load: (ids) => this.loadPlaces(ids) });
  }

  /** Where each SKU was a moment ago. */
  async lately(skus: readonly string[]): Promise<Whereabouts> {
    const shelves = await this.shelves.find(skus);
    const ids = placesOf(shelves);
    return { shelves, places: byId(ids, await this.places.find(ids)) };
  }

  /** Where each SKU was when this was asked, or later: where it is not found, it was not at that moment. */
  completely(skus: readonly string[]): Promise<Whereabouts> {
    return new Promise((resolve, reject) => this.complete.push({ skus, resolve, reject }));
  }

  private async answer(questions: readonly Question[]): Promise<void> {
    try {
      if (!(await this.consumers.caughtUp(PATIENCE_MS))) throw viewIsBehind();
      const skus = [...new Set(questions.flatMap((question) => question.skus))];
      const shelves = await this.shelves.findNow(skus);
      const ids = placesOf(shelves);
      const places = byId(ids, await this.places.findNow(ids));
      const bySku = new Map(skus.map((sku, n) => [sku, shelves[n] ?? NOWHERE]));
      for (const { skus: asked, resolve } of questions) {
        resolve({ shelves: asked.map((sku) => bySku.get(sku) ?? NOWHERE), places });
      }
    } catch (error) {
      questions.forEach(({ reject }) => reject(error));
    }
  }

  private async loadShelves(skus: string[]): Promise<Map<string, Shelves>> {
    const rows = await this.db.query<{ sku: string; locations: string[]; available: Units[] }[]>(SHELVES, [skus]);
    return new Map(
      rows.map(({ sku, locations, available }) => [sku, new Map(locations.map((location, n) => [location, available[n] ?? 0]))]),
    );
  }

  private async loadPlaces(ids: string[]): Promise<Map<string, Place>> {
    const rows = await this.db.query<Place[]>(PLACES, [ids]);
    return new Map(rows.map((place) => [place.location, place]));
  }
}

/** How a service provides it. */
export const stockMap = {
  provide: StockMap,
  inject: [DataSource, Consumers],
  useFactory: (db: DataSource, consumers: Consumers): StockMap => new StockMap(db, consumers),
};

function placesOf(shelves: readonly Shelves[]): string[] {
  return [...new Set(shelves.flatMap((stock) => [...stock.keys()]))];
}

/** A place that is gone from the view is not there. */
function byId(ids: readonly string[], places: readonly (Place | undefined)[]): Map<string, Place> {
  const found = new Map<string, Place>();
  ids.forEach((id, n) => {
    const place = places[n];
    if (place) found.set(id, place);
  });
  return found;
}

/** A fault of the kind after which the process asks again: no answer is better than a wrong one. */
function viewIsBehind(): Error {
  const message =
    'The availability view is behind the log, so that a refusal could be wrong. GET /inventory/consumers says how far.';
  return Object.assign(new Error(message), { code: 'ETIMEDOUT' });
}

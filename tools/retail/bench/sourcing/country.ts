import type { Capability, GeoPoint, LocationKind, StockLine } from '#libs/contracts';
import { greatCircleKm } from '../../../../apps/inventory/src/locations/great-circle';
import { forEachInFlight } from '../../replay/in-flight';
import type { Api, Ask } from '../../system/api';
import { bodyOf } from '../../system/problem';
import { seeded } from '../checkout/orders';

/** Some nine hundred kilometers to the north, and as many to the east. */
const SOUTH_WEST = { latitude: 26, longitude: 112 };
const DEGREES = { latitude: 8, longitude: 9.5 };
const SEED = 1;
const AT_ONCE = 4;
/** More than any run takes, so that who could give an order can be told without asking when. */
const UNITS = 1_000_000;
/** A place has so many of all SKUs. */
const ASSORTMENT = 0.9;
const MAX_LINES = 3;
const METERS = 1000;

interface Place extends GeoPoint {
  location: string;
  kind: LocationKind;
  capabilities: Capability[];
  serviceRadiusMeters?: number;
  skus: ReadonlySet<string>;
}

/** Goods that somebody wants, and where. */
export interface Wish {
  lines: StockLine[];
  deliverTo: GeoPoint;
}

/** Many places, each with an assortment of its own; some do not send parcels, and some deliver nearby only. */
export class Country {
  private readonly random = seeded(SEED);
  private readonly skus: readonly string[];
  private readonly places: readonly Place[];

  constructor({ locations = 0, skus = 0 }: Readonly<Record<string, number>>) {
    this.skus = Array.from({ length: skus }, (_, n) => `SKU-${n}`);
    this.places = Array.from({ length: locations }, (_, n) => this.place(n));
  }

  /** Registers the places and brings the goods in. */
  async settle(api: Api): Promise<void> {
    for (const asks of [this.places.map(registration), this.places.map(receipt)]) {
      await forEachInFlight(asks, AT_ONCE, async (ask) => {
        bodyOf(await api.ask(ask));
      });
    }
  }

  wish(): Wish {
    const lines = Array.from({ length: 1 + this.upTo(MAX_LINES) }, () => this.skus[this.upTo(this.skus.length)] ?? '');
    return { lines: [...new Set(lines)].map((sku) => ({ sku, quantity: 1 + this.upTo(2) })), deliverTo: this.spot() };
  }

  /** The way to each place that could give all of it: every place looked at, nothing remembered. */
  ways({ lines, deliverTo }: Wish): Map<string, number> {
    const ways = this.places.flatMap((place): [string, number][] => {
      const km = greatCircleKm(place, deliverTo);
      const gives = place.capabilities.includes('ships') && km * METERS <= (place.serviceRadiusMeters ?? Infinity);
      return gives && lines.every(({ sku }) => place.skus.has(sku)) ? [[place.location, km]] : [];
    });
    return new Map(ways);
  }

  /** Of ten places, one is a warehouse, one delivers nearby, one is there to fetch goods at, and the others send to everywhere. */
  private place(n: number): Place {
    const location = `place-${n}`;
    const skus = new Set(this.skus.filter(() => this.random() < ASSORTMENT));
    const capabilities: Capability[] = n % 10 === 9 ? ['pickup'] : ['ships'];
    const area = n % 10 === 8 && { serviceRadiusMeters: 50_000 };
    return { location, kind: n % 10 === 0 ? 'warehouse' : 'store', capabilities, ...area, ...this.spot(), skus };
  }

  private spot(): GeoPoint {
    return {
      latitude: SOUTH_WEST.latitude + this.random() * DEGREES.latitude,
      longitude: SOUTH_WEST.longitude + this.random() * DEGREES.longitude,
    };
  }

  private upTo(n: number): number {
    return Math.floor(this.random() * n);
  }
}

function registration({ location, skus: _, ...facts }: Place): Ask {
  return { method: 'PUT', path: `/inventory/locations/${location}`, body: { name: location, ...facts }, headers: key(location) };
}

function receipt({ location, skus }: Place): Ask {
  const lines = [...skus].map((sku) => ({ sku, quantity: UNITS }));
  return { method: 'POST', path: '/inventory/receipts', body: { location, lines }, headers: key(`goods-${location}`) };
}

const key = (of: string): Record<string, string> => ({ 'idempotency-key': `bench-${of}` });

import { forEachInFlight } from '../../replay/in-flight';
import type { Api, Ask } from '../../system/api';
import { bodyOf } from '../../system/problem';
import { seeded, spot } from '../checkout/orders';
import type { Setting } from '../frame/bench';

/** At how many places each SKU is. */
export const SHELVES_PER_SKU = 5;
const AT_ONCE = 4;
const LINES_PER_RECEIPT = 1000;
/** More than any run takes. */
const UNITS = 1_000_000;
const SEED = 1;

export const skuOf = (n: number): string => `SKU-${String(n).padStart(6, '0')}`;
const placeOf = (n: number): string => `place-${n}`;

/** Registers the places and brings the goods in: places that follow each other have the same SKUs. */
export async function stockUp(api: Api, { skus = 0, locations = 0 }: Setting['numbers'], say: Setting['say']): Promise<void> {
  const random = seeded(SEED);
  const send = (asks: readonly Ask[]): Promise<void> =>
    forEachInFlight(asks, AT_ONCE, async (ask) => {
      bodyOf(await api.ask(ask));
    });
  await send(Array.from({ length: locations }, (_, n) => place(n, spot(random))));
  say(`Bringing ${skus} SKUs to ${SHELVES_PER_SKU} of ${locations} places each …`);
  await send(Array.from({ length: locations }, (_, n) => receipts(n, skus, locations)).flat());
}

function place(n: number, where: { latitude: number; longitude: number }): Ask {
  const id = placeOf(n);
  const kind = n % 10 === 0 ? 'warehouse' : 'store';
  return { method: 'PUT', path: `/inventory/locations/${id}`, body: { name: id, kind, ...where }, headers: key(id) };
}

function receipts(at: number, skus: number, locations: number): Ask[] {
  const here = Array.from({ length: skus }, (_, n) => n).filter((n) => (at - n + locations * skus) % locations < SHELVES_PER_SKU);
  const parts = Math.ceil(here.length / LINES_PER_RECEIPT);
  return Array.from({ length: parts }, (_, part) => {
    const some = here.slice(part * LINES_PER_RECEIPT, (part + 1) * LINES_PER_RECEIPT);
    const lines = some.map((n) => ({ sku: skuOf(n), quantity: UNITS }));
    const location = placeOf(at);
    return { method: 'POST', path: '/inventory/receipts', body: { location, lines }, headers: key(`${location}-${part}`) };
  });
}

const key = (of: string): Record<string, string> => ({ 'idempotency-key': `bench-${of}` });

import type { Api, Ask } from '../../system/api';
import { bodyOf } from '../../system/problem';
import { forEachInFlight } from '../../replay/in-flight';
import { placeOf, PLACES, PRODUCTS, seeded, skuOf, spot } from './orders';

const AT_ONCE = 16;
const LINES_PER_RECEIPT = 500;
/** As much as one line of a receipt may bring: no run sells that much. */
const UNITS = 1_000_000;
const SEED = 1;

/** Makes the places, lists the products and brings the stock in, through the public APIs. */
export async function setUpWorld(api: Api): Promise<void> {
  const send = (asks: readonly Ask[]): Promise<void> =>
    forEachInFlight(asks, AT_ONCE, async (ask) => {
      bodyOf(await api.ask(ask));
    });
  const random = seeded(SEED);
  const places = Array.from({ length: PLACES }, (_, n) => placeOf(n));
  const skus = Array.from({ length: PRODUCTS }, (_, n) => skuOf(n));
  await send(places.map((id, n) => put(`/inventory/locations/${id}`, { name: id, kind: kindOf(n), ...spot(random) })));
  await send(skus.map((sku, n) => put(`/storefront/products/${sku}`, { name: sku, price: price(n) })));
  await send(places.flatMap((id) => receipts(id, skus)));
}

/** One warehouse; what else there is are stores. */
const kindOf = (n: number): string => (n === 0 ? 'warehouse' : 'store');
const price = (n: number): object => ({ amountMinor: 100 + n, currency: 'CNY' });

function put(path: string, body: object): Ask {
  return { method: 'PUT', path, body, headers: { 'idempotency-key': `bench${path}` } };
}

function receipts(location: string, skus: readonly string[]): Ask[] {
  const parts = Math.ceil(skus.length / LINES_PER_RECEIPT);
  return Array.from({ length: parts }, (_, n) => {
    const part = skus.slice(n * LINES_PER_RECEIPT, (n + 1) * LINES_PER_RECEIPT);
    const lines = part.map((sku) => ({ sku, quantity: UNITS }));
    const headers = { 'idempotency-key': `bench-stock-${location}-${n}` };
    return { method: 'POST', path: '/inventory/receipts', body: { location, lines }, headers };
  });
}

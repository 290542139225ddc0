import { Api, type Ask } from '../system/api';
import { bodyOf } from '../system/problem';
import { PRODUCTS, SHOPS, SOURCES, type DemoProduct, type Place } from './hangzhou';

const CURRENCY = 'CNY';
const AT_ONCE = 8;

/** What a store and a shop get of each product, next to the warehouse. */
const STORE_UNITS = 60;
const SHOP_UNITS = 12;
/** Shops have no room for everything: each carries every third product, beginning elsewhere. */
const SHOP_SHARE = 3;

/**
 * Sets the demo city up through the public APIs: places, shops, products and opening stock, and no sale, so that the totals begin
 * at nothing. Its idempotency keys are fixed: doing it again changes nothing. Gives one sentence on what is there.
 */
export async function seedDemo(url: string): Promise<string> {
  const api = new Api({ url, token: process.env['RETAIL_TOKEN'], connections: AT_ONCE });
  const products = PRODUCTS.map(product);
  await inParallel(api, [...SOURCES.map(location), ...SHOPS.map(location), ...SHOPS.map(shop), ...products]);
  await inParallel(api, [...SOURCES.map(openingStock), ...SHOPS.map(shelf)]);
  api.close();
  return `Hangzhou: a warehouse, ${SOURCES.length - 1} stores, ${SHOPS.length} corner shops, ${PRODUCTS.length} products in stock`;
}

async function inParallel(api: Api, asks: readonly Ask[]): Promise<void> {
  const queue = [...asks];
  const worker = async (): Promise<void> => {
    for (let ask = queue.shift(); ask; ask = queue.shift()) bodyOf(await api.ask(ask));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** What is set up at a path is set up once. */
function put(path: string, body: object): Ask {
  return { method: 'PUT', path, body, headers: { 'idempotency-key': `demo${path}` } };
}

function location({ id, ...facts }: Place): Ask {
  return put(`/inventory/locations/${id}`, facts);
}

function shop({ id, name, latitude, longitude }: Place): Ask {
  return put(`/lingshoutong/shops/${id}`, { name, latitude, longitude });
}

function product({ sku, name, fen }: DemoProduct): Ask {
  return put(`/storefront/products/${sku}`, { name, price: { amountMinor: fen, currency: CURRENCY } });
}

function openingStock({ id, kind }: Place): Ask {
  const lines = PRODUCTS.map(({ sku, units }) => ({ sku, quantity: kind === 'warehouse' ? units : STORE_UNITS }));
  return receipt(id, lines);
}

function shelf({ id }: Place, n: number): Ask {
  const lines = PRODUCTS.filter((_, m) => m % SHOP_SHARE === n % SHOP_SHARE).map(({ sku }) => ({ sku, quantity: SHOP_UNITS }));
  return receipt(id, lines);
}

function receipt(at: string, lines: { sku: string; quantity: number }[]): Ask {
  const body = { location: at, lines };
  return { method: 'POST', path: '/inventory/receipts', body, headers: { 'idempotency-key': `demo-opening-stock-${at}` } };
}

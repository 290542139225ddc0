import { createHash } from 'node:crypto';
import type { StockLine } from '#libs/contracts';
import type { BooksApi, Write } from './books-api';
import { forEachInFlight } from './in-flight';
import { PLACES, shiftOf, siteOf } from './places';
import { CURRENCY } from './row';
import type { BookProduct, Outlet, Survey } from './survey';
import { isMerchandise } from './trade-document';

/**
 * Sends everything that the documents of a file lean on: places, products, shops, shifts and opening stock. Waits until the
 * services that price documents know the products. Doing it again changes nothing.
 */
export async function setUp(api: BooksApi, found: Survey, concurrency: number): Promise<void> {
  const send = (writes: Iterable<Write>): Promise<void> =>
    forEachInFlight(writes, concurrency, async (write) => {
      await api.write(write);
    });
  await send(Object.values(PLACES).map(({ id, ...facts }) => ({ ...put('inventory/locations', id), body: facts })));
  await send([...found.products].map(([sku, product]) => listing(sku, product)));
  await send([...openingStock(found), ...[...found.shops].map(registration), ...[...found.days].map(opening)]);
  for (const service of ['hema', 'lingshoutong', 'inventory']) await api.seenBy(service);
}

function put(collection: string, id: string): Pick<Write, 'method' | 'path' | 'key'> {
  return { method: 'PUT', path: `/${collection}/${encodeURIComponent(id)}`, key: `${collection}/${encodeURIComponent(id)}` };
}

const LONGEST_NAME = 200;

/** The key names the facts as well: another file may know another first price, and then the product changes. */
function listing(sku: string, { name, price = { amountMinor: 0, currency: CURRENCY } }: BookProduct): Write {
  const kind = isMerchandise(sku) ? 'merchandise' : 'service';
  const body = { name: name.slice(0, LONGEST_NAME) || sku, kind, price };
  const { key, ...where } = put('storefront/products', sku);
  return { ...where, key: `${key}/${shortDigest(JSON.stringify(body))}`, body };
}

function registration(shop: string): Write {
  return { ...put('lingshoutong/shops', shop), body: { name: `Shop ${shop}`, ...siteOf(shop) } };
}

function opening(day: string): Write {
  const shiftId = shiftOf(day);
  const who = { store: PLACES.store.id, till: 'till-1', cashier: 'books' };
  const body = { shiftId, ...who, floatMinor: 0, currency: CURRENCY, happenedAt: `${day}T00:00:00.000Z` };
  return { path: '/hema/shifts', key: `hema/shifts/${shiftId}`, body };
}

const LINES_PER_RECEIPT = 500;
const MOST_PER_LINE = 1_000_000;

/**
 * Receipts of as much as leaves each place in the whole file. The key names the file's trade: the same file again brings
 * nothing, and another file brings all that it needs, even where it overlaps with this one.
 */
function openingStock({ outgoing, digest, from }: Survey): Write[] {
  return (Object.keys(outgoing) as Outlet[]).flatMap((outlet) => {
    const location = PLACES[outlet].id;
    const lines = [...outgoing[outlet]].flatMap(([sku, quantity]) => linesFor({ sku, quantity }));
    return chunks(lines, LINES_PER_RECEIPT).map((part, n) => ({
      path: '/inventory/receipts',
      key: `inventory/receipts/${location}/${shortDigest(digest)}/${n}`,
      body: { location, lines: part, happenedAt: from },
    }));
  });
}

/** A line has its limit, a year of a bestseller may not. */
function linesFor({ sku, quantity }: StockLine): StockLine[] {
  const full = Array.from({ length: Math.floor(quantity / MOST_PER_LINE) }, () => ({ sku, quantity: MOST_PER_LINE }));
  const rest = quantity % MOST_PER_LINE;
  return rest > 0 ? [...full, { sku, quantity: rest }] : full;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}

function shortDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

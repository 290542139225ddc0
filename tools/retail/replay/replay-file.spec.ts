import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { replayFile, type Replayed } from './replay-file';
import { FakeShop } from './testing/fake-shop';

const HEADING = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const line = (invoice: string, what: string, customer: string): string =>
  `${invoice},${what.replace('@', '2010-12-01 08:26:00')},${customer},United Kingdom`;

/** One document of every kind: 10 rows. */
const BOOKS = [
  HEADING,
  line('536365', '85123A,WHITE HEART,6,@,2.55', '17850'),
  line('536365', 'POST,POSTAGE,1,@,18.00', '17850'),
  line('536366', '85123A,WHITE HEART,48,@,2.1', '13408'),
  line('536367', '22633,"WARMER, HAND",2,@,0.042', ''),
  line('C536368', '85123A,WHITE HEART,-1,@,2.55', '17850'),
  line('C536369', 'D,Discount,-1,@,27.5', ''),
  line('536370', '22633,damaged,-5,@,0', ''),
  line('536370', '22634,,56,@,0', ''),
  line('A536371', 'B,Adjust bad debt,1,@,-11062.06', ''),
  line('536372', 'M,Manual,-3,@,1.00', '17850'),
];

describe('a replay', () => {
  const said: string[] = [];
  let folder: string;
  let shop: FakeShop;
  let url: string;

  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'replay-'))));
  afterAll(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    said.splice(0);
    shop = new FakeShop();
    url = await shop.open();
  });
  afterEach(() => shop.close());

  async function replayed(lines: readonly string[], pack: (text: string) => string | Buffer = (text) => text): Promise<Replayed> {
    const file = join(folder, 'books');
    await writeFile(file, pack(`${lines.join('\r\n')}\r\n`));
    return replayFile({ file, url, concurrency: 4, token: undefined, screen: { write: (text) => said.push(text) } });
  }
  const bodies = (path: string): object[] => shop.to(path).map(({ body }) => body);

  it('sends every document to the service that it is for', async () => {
    expect(await replayed(BOOKS)).toMatchObject({ rows: 10, accepted: 10, absorbed: 0, rejected: 0, isComplete: true });
    const happenedAt = '2010-12-01T08:26:00.000Z';
    const price = (amountMinor: number, baseQuantity?: number) => ({
      amountMinor,
      currency: 'GBP',
      ...(baseQuantity && { baseQuantity }),
    });
    const gbp = { currency: 'GBP', happenedAt };
    expect(bodies('/storefront/orders')).toMatchObject([
      {
        ...{ customer: '17850', ...gbp },
        lines: [
          { sku: '85123A', quantity: 6, agreedPrice: price(255) },
          { sku: 'POST', quantity: 1, agreedPrice: price(1800) },
        ],
      },
    ]);
    expect(bodies('/lingshoutong/supply-orders')).toMatchObject([
      { shop: '13408', ...gbp, lines: [{ sku: '85123A', quantity: 48, unitPrice: price(210) }] },
      ...[{ happenedAt }, { happenedAt }],
    ]);
    const shiftId = 'uk-store-2010-12-01';
    expect(bodies('/hema/sales')).toMatchObject([{ shiftId, lines: [{ sku: '22633', quantity: 2, unitPrice: price(42, 10) }] }]);
    expect(bodies('/hema/returns')).toMatchObject([{ shiftId, lines: [{ sku: 'D', quantity: 1, unitPrice: price(2750) }] }]);
    expect(bodies('/storefront/returns')).toMatchObject([{ customer: '17850', lines: [{ sku: '85123A', quantity: 1 }] }]);
    expect(bodies('/inventory/adjustments')).toMatchObject([
      {
        happenedAt,
        lines: [
          { sku: '22633', quantity: -5, reason: 'damaged', stocked: true },
          { sku: '22634', quantity: 56, reason: 'not given', stocked: true },
        ],
      },
    ]);
    expect(bodies('/payment/ledger-adjustments')).toMatchObject([
      { lines: [{ description: 'Adjust bad debt', quantity: 1, unitPrice: price(-1_106_206) }] },
      { lines: [{ description: 'Manual', quantity: -3, unitPrice: price(100) }] },
    ]);
  });

  it('ships what is confirmed, and brings supply orders to the shelf', async () => {
    await replayed(BOOKS);
    const steps = shop.writes.map(({ path }) => path).filter((path) => /(ship|receive)$/.test(path));
    expect(steps.sort()).toEqual([
      '/fulfillment/shipments/id-536365/ship',
      '/lingshoutong/supply-orders/id-536366/receive',
      '/lingshoutong/supply-orders/id-536366/ship',
    ]);
  });

  it('sets up what the documents lean on before it sends the first of them', async () => {
    await replayed(BOOKS);
    const products = shop.to('/storefront/products').map(({ path, body }) => [path.split('/')[3], body['kind'], body['price']]);
    expect(products).toEqual([
      ['85123A', 'merchandise', { amountMinor: 255, currency: 'GBP' }],
      ['POST', 'service', { amountMinor: 1800, currency: 'GBP' }],
      ['22633', 'merchandise', { amountMinor: 42, currency: 'GBP', baseQuantity: 10 }],
      ['D', 'service', { amountMinor: 2750, currency: 'GBP' }],
    ]);
    expect(bodies('/inventory/receipts')).toMatchObject([
      {
        location: 'uk-warehouse',
        lines: [
          { sku: '85123A', quantity: 54 },
          { sku: '22633', quantity: 5 },
        ],
      },
      { location: 'uk-store', lines: [{ sku: '22633', quantity: 2 }] },
    ]);
    const order = (path: string): number => shop.writes.findIndex((write) => write.path.startsWith(path));
    const last = Math.max(...['/inventory/receipts', '/lingshoutong/shops', '/hema/shifts'].map(order));
    expect(last).toBeLessThan(order('/storefront/orders'));
  });

  it('of the same trade again writes nothing new, however the file is packed', async () => {
    await replayed(BOOKS);
    const before = shop.begun.size;
    expect(await replayed(BOOKS, gzipSync)).toMatchObject({ rows: 10, accepted: 0, absorbed: 10, rejected: 0, isComplete: true });
    expect(shop.begun.size).toBe(before);
  });

  it('of another slice with the same invoices absorbs those, and brings all the stock that it needs itself', async () => {
    await replayed(BOOKS.slice(0, 3));
    expect(await replayed(BOOKS)).toMatchObject({ accepted: 8, absorbed: 2 });
    const units = shop.to('/inventory/receipts').map(({ body }) => (body['lines'] as { quantity: number }[])[0]?.quantity);
    expect(units).toEqual([6, 54, 2]);
  });

  it('reports broken rows by their line number and sends the others of their invoices', async () => {
    const broken = [
      ...BOOKS.slice(0, 2),
      '536365,POST,no quantity',
      line('536365', '71053,LANTERN,many,@,3.39', '17850'),
      ...BOOKS.slice(3),
    ];
    expect(await replayed(broken)).toMatchObject({ rows: 11, accepted: 9, rejected: 2, isComplete: false });
    expect(said.join('')).toContain('line 3 has 3 fields where 8 are expected\n');
    expect(said.join('')).toContain('line 4 has the Quantity "many"');
    expect(bodies('/storefront/orders')).toMatchObject([{ lines: [{ sku: '85123A' }] }]);
  });

  it('reports a document that is refused with its lines, and goes on', async () => {
    const body = { code: 'unknown-sku', detail: 'No.', remedy: 'List it.', errors: [{ pointer: '/lines/0', detail: 'x' }] };
    shop.answer = ({ path }) => (path === '/hema/sales' ? { status: 422, body } : undefined);
    expect(await replayed(BOOKS)).toMatchObject({ rows: 10, accepted: 9, rejected: 1, isComplete: false });
    expect(said.join('')).toContain('line 5 (invoice 536367, hema-sale) was not taken: unknown-sku: No. /lines/0 x List it.');
  });

  it('does not take an order that came to nothing for one that is in the books', async () => {
    const body = { id: 'x', status: 'rejected', reason: 'out-of-stock' };
    shop.answer = ({ path }) => (path === '/storefront/orders' ? { status: 201, body } : undefined);
    expect(await replayed(BOOKS)).toMatchObject({ accepted: 8, rejected: 2 });
    expect(said.join('')).toContain(
      'line 2-3 (invoice 536365, storefront-order) was not taken: order x was rejected: out-of-stock',
    );
  });

  it('says of an invoice that stands in two places what is wrong with it', async () => {
    shop.answer = ({ path }) => (path === '/hema/sales' ? { status: 422, body: { code: 'idempotency-key-reused' } } : undefined);
    await replayed(BOOKS);
    expect(said.join('')).toContain('an invoice is all its rows, which stand together in the file');
  });

  it('sends a request again with the same key when the system cannot take it now', async () => {
    let faults = 3;
    shop.answer = ({ path }) => (path === '/storefront/orders' && faults-- > 0 ? { status: 503, body: {} } : undefined);
    expect(await replayed(BOOKS)).toMatchObject({ accepted: 10, isComplete: true });
    expect(new Set(shop.to('/storefront/orders').map(({ key }) => key)).size).toBe(1);
    expect(said.join('')).toContain('cannot go on (it answers 503)');
  });

  it.each([
    ['is no trading file', 'a,b,c', 'its heading lacks InvoiceNo'],
    ['is empty', '', 'its heading lacks'],
  ])('of a file that %s sends nothing', async (_what, heading, words) => {
    await expect(replayed([heading])).rejects.toThrow(words);
    expect(shop.writes).toEqual([]);
  });

  it('of a packed file that ends too early sends nothing', async () => {
    const half = (text: string): Buffer => gzipSync(text).subarray(0, 60);
    await expect(replayed(BOOKS, half)).rejects.toThrow('cannot be replayed');
    expect(shop.writes).toEqual([]);
  });

  it('of a file that is not there says so', async () => {
    const options = { url, concurrency: 1, token: undefined, screen: { write: () => undefined } };
    await expect(replayFile({ ...options, file: join(folder, 'nothing.csv') })).rejects.toThrow('no such file');
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Client } from 'pg';
import { replayFile, type Replayed } from '../../tools/retail/replay/replay-file';
import { World } from './world';

const HEADING = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

/** Two days of a small shop, every kind of document, in the order of the books. */
const FIRST_DAY = [
  '536365,85123A,WHITE HANGING HEART,6,2010-12-01 08:26:00,2.55,17850,United Kingdom',
  '536365,85123A,WHITE HANGING HEART,2,2010-12-01 08:26:00,2.10,17850,United Kingdom',
  '536365,POST,POSTAGE,1,2010-12-01 08:26:00,18,17850,United Kingdom',
  '536365,21730,sample,1,2010-12-01 08:26:00,0,17850,United Kingdom',
  '536366,22633,"HAND WARMER, UNION JACK",480,2010-12-01 09:00:00,1.855,13408,France',
  '536367,22633,"HAND WARMER, UNION JACK",3,2010-12-01 10:00:00,0.335,,United Kingdom',
  '536367,gift_0001_20,Gift Voucher,1,2010-12-01 10:00:00,16.67,,United Kingdom',
  'C536368,85123A,WHITE HANGING HEART,-7,2010-12-01 11:00:00,2.555,17850,United Kingdom',
];
const SECOND_DAY = [
  'C536369,22633,"HAND WARMER, UNION JACK",-1,2010-12-02 08:00:00,0.335,,United Kingdom',
  '536370,85123A,damaged,-4,2010-12-02 09:00:00,0,,United Kingdom',
  '536370,21730,,56,2010-12-02 09:00:00,0,,United Kingdom',
  'A536371,B,Adjust bad debt,1,2010-12-02 10:00:00,-11062.06,,United Kingdom',
  '536372,85123A,WHITE HANGING HEART,1,2010-12-02 11:00:00,2.95,12583,France',
  '536372,85123A,taken off,-1,2010-12-02 11:00:00,0,12583,France',
  '536372,M,Manual,-1,2010-12-02 11:00:00,1.255,12583,France',
];

describe('a shop brings its books', () => {
  let world: World;
  let folder: string;
  const said: string[] = [];
  const summary = (): Promise<object> => world.get('/unified-view/sales/summary');
  const stock = (): Promise<object> => world.get('/unified-view/stock/summary');

  async function replayed(rows: readonly string[]): Promise<Replayed> {
    const file = join(folder, 'books.csv.gz');
    await writeFile(file, gzipSync(`${[HEADING, ...rows].join('\n')}\n`));
    const screen = { write: (text: string) => said.push(text) };
    return replayFile({ file, url: world.system.url, concurrency: 8, token: undefined, screen });
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'books-'));
    world = await World.open();
  }, 120_000);
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true });
  }, 60_000);

  it('the first day is taken in, every row of it', async () => {
    expect(await replayed(FIRST_DAY)).toMatchObject({ rows: 8, accepted: 8, absorbed: 0, rejected: 0, isComplete: true });
    expect(said.join('')).not.toContain('line');
  }, 60_000);

  it('both days together add up to the penny; what was there is not taken in twice', async () => {
    expect(await replayed([...FIRST_DAY, ...SECOND_DAY])).toMatchObject({
      accepted: 7,
      absorbed: 8,
      rejected: 0,
      isComplete: true,
    });
    expect(await summary()).toEqual({
      // 15.30 + 4.20 + 18.00; 890.40; 1.01 (half a penny up) + 16.67; -17.88 (half up is toward zero); -0.33; 2.95; -1.25
      ...{ documents: 10, lines: 15, units: 538, netMinor: 3750 + 89_040 + 1768 - 1788 - 33 - 1_106_206 + 295 - 125 },
      ...{ currency: 'GBP', otherCurrencies: [] },
      byKind: {
        'storefront-order': { documents: 2, lines: 5, units: 11, minor: 3750 + 295 },
        'lingshoutong-order': { documents: 1, lines: 1, units: 480, minor: 89_040 },
        'hema-sale': { documents: 1, lines: 2, units: 4, minor: 1768 },
        'storefront-return': { documents: 1, lines: 1, units: -7, minor: -1788 },
        'hema-return': { documents: 1, lines: 1, units: -1, minor: -33 },
        'stock-adjustment': { documents: 2, lines: 3, units: 51, minor: 0 },
        'ledger-adjustment': { documents: 2, lines: 2, units: 0, minor: -1_106_206 - 125 },
      },
    });
    expect(await stock()).toMatchObject({ reserved: 0, netChange: -8 - 1 - 480 - 3 + 7 + 1 - 4 + 56 - 1 - 1 });
  }, 60_000);

  it('the same again changes nothing', async () => {
    const before = [await summary(), await stock()];
    expect(await replayed([...FIRST_DAY, ...SECOND_DAY])).toMatchObject({ accepted: 0, absorbed: 15, rejected: 0 });
    expect([await summary(), await stock()]).toEqual(before);
  }, 60_000);

  it('a broken row is named, and the rows around it are taken in', async () => {
    const broken = ['536380,71053,LANTERN,six,2010-12-03 08:00:00,3.39,17850,United Kingdom', '536381,"71053'];
    const good = '536381,71053,LANTERN,6,2010-12-03 08:00:00,3.39,17850,United Kingdom';
    expect(await replayed([...broken, good])).toMatchObject({ rows: 3, accepted: 1, rejected: 2, isComplete: false });
    expect(said.join('')).toMatch(/line 2 has the Quantity "six".*\n[^]*line 3 opens a quote/);
  }, 60_000);

  it('leaves books that hold', () => world.expectBooksToHold(), 60_000);

  it('and books that do not when somebody changes one quantity in one stored event: it is named', async () => {
    const database = new Client({ connectionString: world.system.databaseUrl });
    await database.connect();
    const { rows } = await database.query<{ lane: number; position: string; stream: string }>(
      `UPDATE inventory.event SET data = replace(data::text, '"quantity":480', '"quantity":481')::json
       WHERE type = 'StockShipped' AND data::text LIKE '%"quantity":480%' RETURNING lane, position, stream`,
    );
    await database.end();
    expect(rows).toHaveLength(1);
    const failed = (await world.verify()).filter(({ ok }) => !ok).map(({ name, violations }) => [name, violations.join('\n')]);
    const [{ lane, position, stream }] = rows as [(typeof rows)[0]];
    const words = Object.fromEntries(failed) as Record<string, string>;
    expect(words['hash-chain']).toContain(`inventory lane ${lane} position ${position} (StockShipped, ${stream}`);
    expect(words['stock-conservation']).toContain('22633@uk-warehouse');
    expect(words['stock-follows-documents']).toContain('22633@uk-warehouse');
  }, 60_000);
});

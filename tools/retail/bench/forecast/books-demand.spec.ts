import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayAt } from '../../../../apps/inventory/src/demand/business-day';
import { demandIn, type HouseDemand } from './books-demand';

const HEADING = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
/** Invoice, SKU and quantity; when; customer and price. */
const line = (what: string, when: string, customer = '', price = '2.55'): string =>
  `${what.replace(/,(?=[^,]*$)/, ',THING,')},${when},${price},${customer},United Kingdom`;

describe('the demand in some books', () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'books-demand-'))));
  afterAll(() => rm(folder, { recursive: true }));

  const broken: number[] = [];
  async function demandOf(...lines: string[]): Promise<HouseDemand> {
    const file = join(folder, 'books.csv');
    await writeFile(file, [HEADING, ...lines].join('\n'));
    return demandIn(file, (at) => broken.push(at));
  }

  it('is what customers ordered, day by day, at the till and online', async () => {
    const { from, through, products } = await demandOf(
      line('1,85123A,6', '2010-12-01 08:26:00', '17850'),
      line('1,85123A,2', '2010-12-01 08:26:00', '17850'),
      line('2,85123A,1', '2010-12-03 09:00:00'),
      line('3,22633,48', '2010-12-02 09:00:00', '13408'),
    );
    expect([from, through].map(dayAt)).toEqual(['2010-12-01', '2010-12-03']);
    expect(Object.fromEntries(products)).toEqual({ '85123A': [8, 0, 1], '22633': [0, 48, 0] });
  });

  it('has nothing of services, corrections and money', async () => {
    const { products } = await demandOf(
      line('1,POST,1', '2010-12-01 08:26:00', '17850'),
      line('2,85123A,-5', '2010-12-01 08:26:00', '', '0'),
      line('3,85123A,56', '2010-12-01 08:26:00', '', '0'),
      line('A4,B,1', '2010-12-01 08:26:00', '', '-11062.06'),
    );
    expect(products.size).toBe(0);
  });

  it('has nothing of what a customer orders and gives back on one day', async () => {
    const { products } = await demandOf(
      line('1,23166,74215', '2011-01-18 10:01:00', '12346'),
      line('C2,23166,-74215', '2011-01-18 10:17:00', '12346'),
    );
    expect(products.get('23166')).toEqual([0]);
  });

  it('keeps what comes back on another day, from another customer, or without anybody having bought it', async () => {
    const { products } = await demandOf(
      line('1,85123A,6', '2010-12-01 08:26:00', '17850'),
      line('C2,85123A,-6', '2010-12-01 12:00:00', '13408'),
      line('C3,85123A,-6', '2010-12-01 12:00:00'),
      line('C4,85123A,-6', '2010-12-02 12:00:00', '17850'),
    );
    expect(products.get('85123A')).toEqual([6]);
  });

  it('is never below zero: more cannot be given back than was ordered', async () => {
    const { products } = await demandOf(
      line('1,85123A,6', '2010-12-01 08:26:00', '17850'),
      line('C2,85123A,-50', '2010-12-01 12:00:00', '17850'),
    );
    expect(products.get('85123A')).toEqual([0]);
  });

  it('leaves out what cannot be read, and tells', async () => {
    const { products } = await demandOf(line('1,85123A,6', '2010-12-01 08:26:00', '17850'), 'nonsense');
    expect([products.get('85123A'), broken]).toEqual([[6], [3]]);
  });
});

import { UsageError } from '../command';
import type { Ask, Asked } from '../system/api';
import { explain, type Explanation } from './explanation';
import { eventsInWords, figureInWords } from './in-words';
import { questionOf } from './question';

const HEAD = {
  ...{
    sku: 'tea',
    onHand: 450,
    reserved: 0,
    available: 450,
    inTransit: 0,
    formula: 'available 450 = …; on hand 450 = received 450',
  },
  byLocation: [{ location: 'dc', onHand: 450, reserved: 0, available: 450, inTransit: 0 }],
};

/** Inventory with 450 receipts of one unit, told in pages. */
function inventory(asked: string[]): Asked {
  return {
    ask({ path }: Ask) {
      asked.push(path);
      const query = new URL(path, 'http://x').searchParams;
      const after = Number(query.get('cursor') ?? 0);
      const numbers = Array.from({ length: Math.min(Number(query.get('limit')), 450 - after) }, (_, n) => 450 - after - n);
      const events = numbers.map((n) => ({
        ...{ id: `inventory-0-${n}`, type: 'StockReceived', location: 'dc', source: { kind: 'receipt', id: `r${n}` } },
        ...{ happenedAt: '2026-01-01T00:00:00.000Z', recordedAt: '2026-01-01T00:00:00.000Z' },
        ...{ change: { onHand: 1 }, balance: { onHand: n, reserved: 0, available: n, inTransit: 0 } },
      }));
      const last = after + events.length;
      const page = { events, next: last < 450 ? String(last) : null };
      return Promise.resolve({ status: 200, headers: {}, body: query.has('cursor') ? page : { ...HEAD, ...page } });
    },
  };
}

describe('a question about stock', () => {
  it.each([
    ['stock:tea', { sku: 'tea' }],
    ['tea', { sku: 'tea' }],
    ['stock:gift 0.1@dc-1', { sku: 'gift 0.1', location: 'dc-1' }],
  ])('is %s', (what, question) => {
    expect(questionOf(what, {})).toEqual({ ...question, figure: 'available', moment: {} });
  });

  it('may be about another figure, and about a moment on either axis or on both', () => {
    const told = { figure: 'onHand', axis: 'happened', 'known-at': '2026-02-01' };
    const moment = { asOf: '2026-01-01', axis: 'happened', knownAt: '2026-02-01' };
    expect(questionOf('tea', told, '2026-01-01')).toEqual({ sku: 'tea', figure: 'onHand', moment });
  });

  it.each([undefined, '', 'stock:', 'order:17', 'tea@', 'tea@dc@shop'])('is not %s', (what) => {
    expect(() => questionOf(what, {})).toThrow(UsageError);
  });

  it('is about figures that there are', () => {
    expect(() => questionOf('tea', { figure: 'value' })).toThrow(UsageError);
  });
});

describe('a figure explained', () => {
  const about = (most: number, asked: string[] = []): Promise<Explanation> =>
    explain(inventory(asked), questionOf('tea@dc', {}, '2026-01-31'), most);

  it('comes with every event behind it, page by page', async () => {
    const asked: string[] = [];
    const found = await about(Infinity, asked);
    expect(found).toMatchObject({ what: 'stock:tea@dc', figure: 'available', value: 450, more: false });
    expect(found.events.map(({ balance }) => balance.onHand)).toEqual(Array.from({ length: 450 }, (_, n) => 450 - n));
    expect(asked.map((path) => new URL(path, 'http://x').searchParams.get('cursor'))).toEqual([null, '200', '400']);
    for (const path of asked) expect(path).toContain('asOf=2026-01-31');
  });

  it('comes with no more events than are wanted, and says that there are more', async () => {
    for (const most of [1, 200, 201, 449]) expect(await about(most)).toMatchObject({ more: true, events: { length: most } });
    expect(await about(450)).toMatchObject({ more: false, events: { length: 450 } });
  });

  it('reads like the statement of an account', async () => {
    const found = await about(2);
    expect(figureInWords({ ...found, asOf: '2026-01-31T00:00:00.000Z', axis: 'happened' }).split('\n')).toEqual([
      ...['stock:tea@dc as of 2026-01-31T00:00:00.000Z (happened): available 450', ''],
      ...['location  on hand  reserved  available  in transit', 'dc            450         0        450           0'],
    ]);
    expect(eventsInWords(found).split('\n')).toEqual([
      ...['available 450 = …', 'on hand 450 = received 450', ''],
      'happened                  location  what      from          on hand  reserved  balance  event',
      '2026-01-01T00:00:00.000Z  dc        received  receipt r450       +1                450  inventory-0-450',
      '2026-01-01T00:00:00.000Z  dc        received  receipt r449       +1                449  inventory-0-449',
      '… and older ones: --limit N shows more of them',
    ]);
  });
});

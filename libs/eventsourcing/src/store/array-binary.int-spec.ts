import fc from 'fast-check';
import type { Pool } from 'pg';
import { openTestPool } from '../testing/postgres';
import { binaryArray, isBinaryType, type BinaryType, type Element } from './array-binary';

const hours = 3_600_000;

describe('lists as PostgreSQL reads them', () => {
  let pool: Pool;
  beforeAll(() => {
    pool = openTestPool(1);
  });
  afterAll(() => pool.end());

  const read = async (type: BinaryType, values: readonly Element[]): Promise<unknown> => {
    // As text, because the driver makes numbers of some types and strings of others.
    const { rows } = await pool.query<{ list: unknown }>(`SELECT $1::${type}[]::text[] AS list`, [binaryArray(type, values)]);
    return rows[0]?.list;
  };
  const holds = (type: BinaryType, values: fc.Arbitrary<Element>): Promise<void> => {
    const lists = fc.array(fc.option(values), { maxLength: 6 });
    const said = (value: Element): string | null => (value === null ? null : String(value));
    return fc.assert(fc.asyncProperty(lists, async (list) => expect(await read(type, list)).toEqual(list.map(said))));
  };

  it('are the texts that were sent, whatever they are made of', async () => {
    const unit = fc.oneof(fc.constantFrom('"', '\\', ',', '{', '}', ' ', 'N', 'U', 'L', '货', 'é', '🛒'), fc.string());
    await holds(
      'text',
      fc.string({ unit, maxLength: 8 }).map((text) => text.replaceAll('\u0000', '')),
    );
    const long = ['n'.repeat(5000), '货'.repeat(5000), ''];
    expect(await read('text', long)).toEqual(long);
  });

  it('are the numbers that were sent, up to the largest', async () => {
    await holds('smallint', fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 }));
    await holds('int', fc.integer());
    await holds('bigint', fc.maxSafeInteger());
    await holds('double precision', fc.constantFrom(0.1, -2.5, 120.1551, 1e300));
  });

  it('are the UUIDs, the truth values and the JSON texts that were sent', async () => {
    await holds('uuid', fc.uuid());
    await holds(
      'json',
      fc.json().filter((json) => !json.includes('\\u0000')),
    );
    expect(await read('boolean', [true, null, false])).toEqual(['true', null, 'false']);
  });

  it('are the times that were sent, to the millisecond', async () => {
    const times = ['1969-12-31T23:59:59.999Z', '2026-11-11T00:00:00.120Z', '2026-11-11T00:00:00.120Z', null];
    const { rows } = await pool.query<{ list: unknown }>(
      `SELECT array_agg(extract(epoch FROM t) * 1000) AS list FROM unnest($1::timestamptz[]) t`,
      [binaryArray('timestamptz', times)],
    );
    const found = (rows[0]?.list as (string | null)[]).map((ms) => ms && new Date(Number(ms)).toISOString());
    expect(found).toEqual(times);
  });

  it('are empty where nothing was sent', async () => {
    for (const type of ['text', 'int', 'uuid', 'timestamptz', 'json'] as const) expect(await read(type, [])).toEqual([]);
  });

  it.each<[BinaryType, Element]>([
    ['int', 2 ** 31],
    ['smallint', -40_000],
    ['bigint', 2 ** 53],
    ['int', 2.5],
    ['int', 'three'],
    ['int', ''],
    ['bigint', true],
    ['double precision', 'much'],
    ['boolean', 'yes'],
    ['text', {} as unknown as Element],
    ['uuid', '5e1f'],
    ['uuid', 'z0000000-0000-4000-8000-000000000000'],
    ['uuid', '00000000-0000-4000-8000-0000000000001'],
    ['timestamptz', 'noon'],
    ['timestamptz', 12 * hours],
  ])('no list of %s holds %j', (type, value) => {
    expect(() => binaryArray(type, [value])).toThrow(RangeError);
  });

  it('are left to the driver where nothing is known of the type', () => {
    expect([isBinaryType('numeric'), isBinaryType('text')]).toEqual([false, true]);
  });
});

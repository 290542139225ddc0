import fc from 'fast-check';
import type { Pool } from 'pg';
import { openTestPool } from '../testing/postgres';
import { column, plain, texts } from './array-text';

describe('lists as PostgreSQL reads them', () => {
  let pool: Pool;
  beforeAll(() => {
    pool = openTestPool(1);
  });
  afterAll(() => pool.end());

  const read = async (list: string, type: string): Promise<unknown> => {
    const { rows } = await pool.query<{ list: unknown }>(`SELECT $1::${type}[] AS list`, [list]);
    return rows[0]?.list;
  };
  const text = fc.string({
    unit: fc.oneof(fc.constantFrom('"', '\\', ',', '{', '}', ' ', 'N', 'U', 'L'), fc.string()),
    maxLength: 8,
  });

  it('are the texts that were sent, whatever they are made of', async () => {
    const withoutNul = fc.array(
      text.map((one) => one.replaceAll('\u0000', '')),
      { maxLength: 6 },
    );
    await fc.assert(fc.asyncProperty(withoutNul, async (list) => expect(await read(texts(list), 'text')).toEqual(list)));
  });

  it('are the columns of rows, also where a row has nothing', async () => {
    const withoutNul = fc.array(fc.option(text.map((one) => one.replaceAll('\u0000', ''))), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(withoutNul, async (list) => expect(await read(column(list) as string, 'text')).toEqual(list)),
    );
    expect(await read(column([1, null, -2.5]) as string, 'float8')).toEqual([1, null, -2.5]);
    expect(await read(column([true, null, false]) as string, 'boolean')).toEqual([true, null, false]);
    const json = ['{"name":"a \\"b\\" \\\\"}', null];
    expect(await read(column(json) as string, 'text')).toEqual(json);
  });

  it('are left to the driver where it knows better', () => {
    const times = ['2026-01-02T03:04:05Z', new Date(0)];
    expect(column(times)).toBe(times);
  });

  it('are the numbers and the UUIDs that were sent', async () => {
    const ids = [crypto.randomUUID(), crypto.randomUUID()];
    expect(await read(plain([3, -1, 0]), 'int')).toEqual([3, -1, 0]);
    expect(await read(plain(ids), 'uuid')).toEqual(ids);
    expect([await read(plain([]), 'int'), await read(texts([]), 'text')]).toEqual([[], []]);
  });
});

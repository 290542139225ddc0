import fc from 'fast-check';
import type { Pool } from 'pg';
import { openTestPool } from '../testing/postgres';
import { plain, texts } from './array-text';

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

  it('are the numbers and the UUIDs that were sent', async () => {
    const ids = [crypto.randomUUID(), crypto.randomUUID()];
    expect(await read(plain([3, -1, 0]), 'int')).toEqual([3, -1, 0]);
    expect(await read(plain(ids), 'uuid')).toEqual(ids);
    expect([await read(plain([]), 'int'), await read(texts([]), 'text')]).toEqual([[], []]);
  });
});

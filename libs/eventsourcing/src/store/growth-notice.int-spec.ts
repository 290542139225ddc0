import type { Pool } from 'pg';
import { openTestPool } from '../testing/postgres';
import { GrowthNotice } from './growth-notice';

describe('telling other processes that a log has grown', () => {
  let pool: Pool;
  const open: GrowthNotice[] = [];
  beforeAll(() => {
    pool = openTestPool();
  });
  afterEach(() => {
    open.splice(0).forEach((notice) => notice.stop());
  });
  afterAll(() => pool.end());

  const instance = async (owner: string, onGrown: (service: string) => void, isShared = true): Promise<GrowthNotice> => {
    const notice = new GrowthNotice({ pool, service: 'kitchen', owner, isShared: () => isShared, onGrown });
    open.push(notice);
    await notice.start();
    return notice;
  };

  it('reaches the others, and not the one who told', async () => {
    const heard: string[] = [];
    const one = await instance('one', () => heard.push('one'));
    const told = new Promise<string>((resolve) => void instance('other', resolve).then(() => one.tell()));
    expect(await told).toBe('kitchen');
    expect(heard).toEqual([]);
  });

  it('is one notice for many appends, and none where nobody else follows the log', async () => {
    const spy = jest.spyOn(pool, 'query');
    const alone = await instance('alone', () => undefined, false);
    const one = await instance('one', () => undefined);
    const told = new Promise(
      (resolve) => void instance('other', resolve).then(() => [one, one, one, alone].forEach((notice) => notice.tell())),
    );
    await told;
    expect(spy.mock.calls.filter(([text]) => text.includes('pg_notify'))).toHaveLength(1);
    spy.mockRestore();
  });
});

import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Pool } from 'pg';
import { openPool } from '#libs/eventsourcing';
import { openTestPool, testDatabaseUrl } from '#libs/eventsourcing/testing';
import { WrongMasterKey } from './master-key';
import { Vault } from './vault';

const MASTER_KEY = 'a1'.repeat(32);
const HOME = { latitude: 30.25, longitude: 120.16 };

describe('the vault', () => {
  let server: Pool;
  let database: string;
  let url: string;
  let one: Vault;
  let other: Vault;
  const open = async (masterKey = MASTER_KEY): Promise<Vault> => {
    const vault = new Vault({ databaseUrl: url, masterKey });
    await vault.start();
    return vault;
  };
  const keyRows = async (): Promise<object[]> => {
    const pool = openPool(url, 1);
    const { rows } = await pool.query<object>('SELECT id, subject, wrapped FROM privacy.subject_key ORDER BY subject');
    await pool.end();
    return rows;
  };

  beforeAll(async () => {
    server = openTestPool(1);
    database = `vault_${randomUUID().replaceAll('-', '')}`;
    await server.query(`CREATE DATABASE ${database}`);
    url = Object.assign(new URL(testDatabaseUrl()), { pathname: database }).href;
    [one, other] = await Promise.all([open(), open()]);
  });
  afterAll(async () => {
    await Promise.all([one.stop(), other.stop()]);
    await server.query(`DROP DATABASE ${database} WITH (FORCE)`);
    await server.end();
  });

  it('opens what another instance sealed', async () => {
    const sealed = await one.seal('li-na', 'c1', { deliverTo: HOME });
    expect(sealed.deliverTo).toMatch(/^sealed:v1:/);
    expect(await other.reveal(sealed)).toEqual({ deliverTo: HOME });
  });

  it('leaves out what is not there and hands on what is not sealed', async () => {
    expect(Object.keys(await one.seal('li-na', 'c2', { deliverTo: HOME, recipient: undefined }))).toEqual(['deliverTo']);
    expect(await one.reveal({ deliverTo: HOME, recipient: undefined })).toEqual({ deliverTo: HOME });
  });

  it('gives a person one key, whoever asks for it first and how many do at once', async () => {
    const asked = Array.from({ length: 50 }, (_, n) => (n % 2 ? one : other).seal(`crowd-${n % 5}`, 'c3', { deliverTo: HOME }));
    const texts = (await Promise.all(asked)).map(({ deliverTo }) => deliverTo);
    expect(new Set(texts).size).toBe(5);
    expect((await keyRows()).filter((row) => JSON.stringify(row).includes('crowd-'))).toHaveLength(5);
  });

  it('seals beside what is sealed already, with the same key, as long as there is one', async () => {
    const { deliverTo } = await one.seal('he-jun', 'c8', { deliverTo: HOME });
    const beside = await other.sealBeside(deliverTo, 'c8', { way: 3 });
    expect(await one.reveal(beside ?? {})).toEqual({ way: 3 });
    await other.destroy(await one.keysOf('he-jun'));
    expect(await other.sealBeside(deliverTo, 'c9', { way: 3 })).toBeUndefined();
  });

  it('keeps no key in the clear', async () => {
    expect(JSON.stringify(await keyRows())).toContain('"li-na"');
    await expect(open('b2'.repeat(32))).rejects.toThrow(WrongMasterKey);
  });

  it('opens nothing of a person who was erased, at once here and within moments in every other instance', async () => {
    const sealed = await one.seal('zhao-lei', 'c4', { deliverTo: HOME, recipient: { name: 'Zhao Lei' } });
    expect(await other.reveal(sealed)).toMatchObject({ deliverTo: HOME });
    await one.destroy(await one.keysOf('zhao-lei'));
    const nothing = { deliverTo: null, recipient: null, erased: true };
    expect(await one.reveal(sealed)).toEqual(nothing);
    for (const deadline = Date.now() + 10_000; !(await other.reveal(sealed)).erased && Date.now() < deadline;) {
      await setTimeout(5);
    }
    expect(await other.reveal(sealed)).toEqual(nothing);
    const third = await open();
    expect(await third.reveal(sealed)).toEqual(nothing);
    await third.stop();
  });

  it('opens what the same person orders later, and that alone', async () => {
    const before = await one.seal('sun-wei', 'c5', { deliverTo: HOME });
    const keys = await one.keysOf('sun-wei');
    await one.destroy(keys);
    const after = await one.seal('sun-wei', 'c5', { deliverTo: HOME });
    // What was promised once is done twice when a service dies in between: the new key is not concerned.
    await other.destroy(keys);
    expect(after.deliverTo).not.toBe(before.deliverTo);
    expect(await one.reveal(after)).toEqual({ deliverTo: HOME });
    expect(await one.reveal(before)).toEqual({ deliverTo: null, erased: true });
  });

  it('hears of erasures again after its connection was cut', async () => {
    const sealed = await one.seal('wu-min', 'c6', { deliverTo: HOME });
    expect(await other.reveal(sealed)).toEqual({ deliverTo: HOME });
    await server.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND query LIKE 'LISTEN%'`, [
      database,
    ]);
    await one.destroy(await one.keysOf('wu-min'));
    for (const deadline = Date.now() + 10_000; !(await other.reveal(sealed)).erased && Date.now() < deadline;) {
      await setTimeout(5);
    }
    expect(await other.reveal(sealed)).toEqual({ deliverTo: null, erased: true });
  }, 20_000);
});

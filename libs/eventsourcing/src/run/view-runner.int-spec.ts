import type { Pool } from 'pg';
import { Checkpoints } from '../store/checkpoints';
import { migrate, schemaOf } from '../store/migrate';
import { Parked } from '../store/parked';
import { ViewTable } from '../store/view-table';
import { openTestPool } from '../testing/postgres';
import { recorded } from '../testing/recorded';
import type { RecordedEvent, View } from '../vocabulary';
import type { Slice } from './slice';
import { ViewRunner } from './view-runner';
import { Watermarks } from './watermarks';

class Shelf {
  cup!: string;
  level!: number;
  notes!: string[];
}
const shelf: View<Shelf> = {
  name: 'shelf',
  row: Shelf,
  sources: ['kitchen'],
  on: {
    Filled: ({ stream, data }: RecordedEvent<string, { by: number }>) => {
      if (data.by < 0) throw new Error('a cup cannot be filled by less than nothing');
      return [
        {
          key: { cup: stream },
          change: (row) => ({ cup: stream, level: (row?.level ?? 0) + data.by, notes: [...(row?.notes ?? []), `+${data.by}`] }),
        },
      ];
    },
  },
};
const schema = schemaOf('pantry');
const lane = 3;
const filled = (position: number, by: number, stream = 'cup:1'): RecordedEvent =>
  recorded('kitchen', stream, 'Filled', { by }, { lane, position });
const slice = (after: number, events: RecordedEvent[]): Slice => ({
  source: 'kitchen',
  lane,
  after,
  through: events.at(-1)?.position ?? after,
  events,
  absorbed: 0,
});

describe('keeping views', () => {
  let pool: Pool;
  const poison: string[] = [];
  const rounds: number[] = [];

  async function newRunner(): Promise<ViewRunner> {
    const checkpoints = new Checkpoints(pool, schema);
    const watermarks = new Watermarks(checkpoints, [shelf], 8, new Parked(pool, schema));
    await watermarks.load();
    const columns = [
      { property: 'cup', column: 'cup', type: 'text', key: true },
      { property: 'level', column: 'level', type: 'bigint', key: false },
      { property: 'notes', column: 'notes', type: 'jsonb', key: false },
    ];
    const views = [{ view: shelf as View<object>, table: new ViewTable(`${schema}."shelf"`, columns) }];
    const onPoison = (consumer: string, error: string): void => void poison.push(`${consumer}: ${error}`);
    return new ViewRunner({
      pool,
      views,
      checkpoints,
      watermarks,
      parked: new Parked(pool, schema),
      lockName: 'pantry',
      onPoison,
      onFolded: ({ events }) => void rounds.push(events),
    });
  }
  const rows = async (): Promise<unknown[]> =>
    (await pool.query<object>(`SELECT cup, level, notes FROM ${schema}.shelf ORDER BY cup`)).rows;
  const position = async (): Promise<number | undefined> =>
    (await new Checkpoints(pool, schema).list()).find((checkpoint) => checkpoint.lane === lane)?.position;

  beforeAll(() => {
    pool = openTestPool();
  });
  afterAll(() => pool.end());
  beforeEach(async () => {
    poison.length = 0;
    await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await migrate(pool, 'pantry', { log: false, lanes: 8 });
    await pool.query(`CREATE TABLE ${schema}.shelf (cup text PRIMARY KEY, level bigint NOT NULL, notes jsonb NOT NULL)`);
  });

  it('folds a batch into rows and moves the checkpoint with them', async () => {
    const runner = await newRunner();
    await Promise.all([
      runner.deliver(slice(0, [filled(1, 2), filled(2, 3)])),
      runner.deliver(slice(2, [filled(3, 5, 'cup:2'), filled(4, 1)])),
    ]);
    expect(await rows()).toEqual([
      { cup: 'cup:1', level: 6, notes: ['+2', '+3', '+1'] },
      { cup: 'cup:2', level: 5, notes: ['+5'] },
    ]);
    expect(await position()).toBe(4);
    expect(rounds).toEqual([4]);
  });

  it('takes only what it has not seen from a slice that overlaps', async () => {
    const runner = await newRunner();
    await runner.deliver(slice(0, [filled(1, 2), filled(2, 3)]));
    await runner.deliver(slice(0, [filled(1, 2), filled(2, 3), filled(3, 4)]));
    expect(await rows()).toMatchObject([{ level: 9 }]);
  });

  it('does not apply twice what another owner has applied meanwhile', async () => {
    const [one, other] = [await newRunner(), await newRunner()];
    await one.deliver(slice(0, [filled(1, 2), filled(2, 3)]));
    await other.deliver(slice(0, [filled(1, 2), filled(2, 3), filled(3, 4)]));
    expect(await rows()).toMatchObject([{ level: 9 }]);
    expect(await position()).toBe(3);
  });

  it('rejects a slice that does not join on, and loses nothing', async () => {
    const runner = await newRunner();
    await expect(runner.deliver(slice(5, [filled(6, 1)]))).rejects.toThrow('only 0 is in');
    expect(await position()).toBe(0);
  });

  it('parks an event that the view cannot digest, and what follows in its stream; other streams flow', async () => {
    const runner = await newRunner();
    await runner.deliver(slice(0, [filled(1, 1), filled(2, -1), filled(3, 1, 'cup:2'), filled(4, 1)]));
    await runner.deliver(slice(4, [filled(5, 1), filled(6, 1, 'cup:2')]));
    expect(await rows()).toMatchObject([
      { cup: 'cup:1', level: 1 },
      { cup: 'cup:2', level: 2 },
    ]);
    const parked = await pool.query(`SELECT position, stream FROM ${schema}.parked ORDER BY position`);
    expect(parked.rows.map((row: { position: number }) => row.position)).toEqual([2, 4, 5]);
    expect(poison[0]).toContain('kitchen-3-2 Filled: Error: a cup cannot');
    expect(await position()).toBe(6);
  });

  it('finds the one event that the table refuses, and keeps its neighbors', async () => {
    const runner = await newRunner();
    await runner.deliver(slice(0, [filled(1, 1), filled(2, 0.5, 'cup:2'), filled(3, 1), filled(4, 1, 'cup:3')]));
    expect(await rows()).toMatchObject([
      { cup: 'cup:1', level: 2 },
      { cup: 'cup:3', level: 1 },
    ]);
    expect(await position()).toBe(4);
  });
});

import { setImmediate } from 'node:timers/promises';
import type { Pool } from 'pg';
import { Checkpoints } from '../store/checkpoints';
import { migrate, schemaOf } from '../store/migrate';
import { Parked } from '../store/parked';
import { RebuildLog } from '../store/rebuild-log';
import { ViewTable } from '../store/view-table';
import { openTestPool } from '../testing/postgres';
import { recorded } from '../testing/recorded';
import { viewOf, type RecordedEvent } from '../vocabulary';
import { Rebuilds } from './rebuilds';
import { ViewRunner } from './view-runner';
import { Watermarks } from './watermarks';

// A museum counts what its visitors looked at.
interface VisitorEvents {
  Looked: { picture: string };
}
class Fame {
  picture!: string;
  looks!: number;
}
const puzzling = new Set<string>();
const fame = viewOf<VisitorEvents>()({
  name: 'fame',
  row: Fame,
  sources: ['visitors'],
  on: {
    Looked: ({ data: { picture } }) => {
      if (puzzling.has(picture)) throw new Error(`nobody understands ${picture}`);
      return [{ key: { picture }, change: (row) => ({ picture, looks: (row?.looks ?? 0) + 1 }) }];
    },
  },
});

const schema = schemaOf('museum');
const LANES = 8;
const PICTURES = 40;
const COLUMNS = [
  { property: 'picture', column: 'picture', type: 'text', key: true },
  { property: 'looks', column: 'looks', type: 'int', key: false },
];

describe('making a view again', () => {
  let pool: Pool;
  let log: RecordedEvent[][];
  let runner: ViewRunner;
  let rebuilds: Rebuilds;
  let parked: Parked;
  let read: (source: string, lane: number, after: number, limit: number) => Promise<RecordedEvent[]>;
  const failures: unknown[] = [];
  const outcomes: string[] = [];

  beforeAll(() => {
    pool = openTestPool();
  });
  afterAll(() => pool.end());

  beforeEach(async () => {
    puzzling.clear();
    failures.length = 0;
    outcomes.length = 0;
    await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await migrate(pool, 'museum', { log: true, lanes: LANES });
    await pool.query(`CREATE TABLE ${schema}."fame" (picture text PRIMARY KEY, looks int NOT NULL)`);
    log = Array.from({ length: LANES }, () => []);
    read = (_, lane, after, limit) => Promise.resolve((log[lane] ?? []).slice(after, after + limit));
    const checkpoints = new Checkpoints(pool, schema);
    parked = new Parked(pool, schema);
    const watermarks = new Watermarks(checkpoints, [fame], LANES, parked);
    await watermarks.load();
    const views = [{ view: fame as never, table: new ViewTable(`${schema}."fame"`, COLUMNS) }];
    runner = new ViewRunner({
      pool,
      views,
      checkpoints,
      watermarks,
      parked,
      lockName: 'museum',
      onPoison: () => undefined,
      onFolded: () => undefined,
    });
    rebuilds = new Rebuilds({
      pool,
      service: 'museum',
      views,
      log: new RebuildLog(pool, schema),
      partsOf: (bound) =>
        Promise.resolve({
          bound,
          parked,
          skipped: new Set(),
          checkpoints: (client) => checkpoints.list(client),
          read: (...asked) => read(...asked),
          viewLock: 'museum',
        }),
      onEnded: (view, outcome) => outcomes.push(`${view} ${outcome}`),
      onError: (error) => failures.push(error),
    });
  });
  afterEach(async () => {
    await rebuilds.stop();
    await runner.stop();
  });

  const visit = async (looks: number): Promise<void> => {
    await Promise.all(
      log.map((events, lane) => {
        const after = events.length;
        for (let n = 0; n < looks; n++) {
          const position = events.length + 1;
          const picture = `p${(position * 7 + lane) % PICTURES}`;
          events.push(recorded('visitors', `visitor:${lane}-${n % 5}`, 'Looked', { picture }, { lane, position }));
        }
        return runner.deliver({
          source: 'visitors',
          lane,
          after,
          through: events.length,
          events: events.slice(after),
          absorbed: 0,
        });
      }),
    );
  };
  const rows = async (): Promise<Record<string, number>> => {
    const found = await pool.query<Fame>(`SELECT picture, looks FROM ${schema}."fame" ORDER BY picture`);
    return Object.fromEntries(found.rows.map(({ picture, looks }) => [picture, looks]));
  };
  const ended = async (): ReturnType<Rebuilds['status']> => {
    for (;;) {
      const status = await rebuilds.status('fame');
      if (status?.state !== 'running') return status;
    }
  };
  const rebuilt = async (): ReturnType<Rebuilds['status']> => {
    await rebuilds.begin('fame');
    return ended();
  };

  /** The books of rebuilds say that one has ended a moment before anybody is told. */
  const told = async (): Promise<string[]> => {
    while (outcomes.length === 0) await setImmediate();
    return outcomes;
  };

  it('comes to the same rows, and says so', async () => {
    await visit(500);
    const before = await rows();
    expect(await rebuilt()).toMatchObject({ state: 'done', same: true, events: 4000, total: 4000 });
    expect(await told()).toEqual(['fame same']);
    expect(await rows()).toEqual(before);
  });

  it('goes on beside what happens, and ends with everything in it once', async () => {
    await visit(2000);
    await rebuilds.begin('fame');
    for (let n = 0; n < 10; n++) await visit(50);
    expect(await ended()).toMatchObject({ state: 'done', same: true });
    await visit(10);
    expect(Object.values(await rows()).reduce((sum, looks) => sum + looks, 0)).toBe(LANES * 2510);
  });

  it('mends what is wrong in the rows, and says what it was', async () => {
    await visit(100);
    const right = await rows();
    await pool.query(`UPDATE ${schema}."fame" SET looks = looks + 1 WHERE picture IN ('p1', 'p2')`);
    await pool.query(`DELETE FROM ${schema}."fame" WHERE picture = 'p3'`);
    await pool.query(`INSERT INTO ${schema}."fame" VALUES ('forged', 9)`);
    expect(await rebuilt()).toMatchObject({
      same: false,
      differences: {
        missing: 1,
        surplus: 1,
        changed: 2,
        examples: expect.arrayContaining(['forged', 'p1', 'p2', 'p3']) as string[],
      },
    });
    expect(await rows()).toEqual(right);
  });

  it('never leaves a reader without rows, nor with some of old and some of new', async () => {
    await visit(200);
    await pool.query(`UPDATE ${schema}."fame" SET looks = -looks`);
    const sights = new Set<string>();
    const end = new AbortController();
    const reading = (async () => {
      while (!end.signal.aborted) {
        const looks = Object.values(await rows());
        const wrong = looks.filter((look) => look < 0).length;
        sights.add(looks.length < PICTURES ? 'rows missing' : wrong === 0 ? 'new' : wrong === PICTURES ? 'old' : 'mixed');
      }
    })();
    await rebuilt();
    end.abort();
    await reading;
    expect([...sights].filter((sight) => sight !== 'old' && sight !== 'new')).toEqual([]);
  });

  it('takes in what was parked and can be taken in by now, and parks what cannot', async () => {
    puzzling.add('p5').add('p6');
    await visit(100);
    puzzling.delete('p5');
    expect((await parked.counts()).get('fame')).toBeGreaterThan(0);
    await rebuilt();
    expect((await parked.list()).every(({ error }) => error.includes('p6'))).toBe(true);
    puzzling.clear();
    await rebuilt();
    expect(await parked.counts()).toEqual(new Map());
    expect(Object.values(await rows()).reduce((sum, looks) => sum + looks, 0)).toBe(LANES * 100);
  });

  it('leaves the view alone when a log cannot be read, and says why', async () => {
    await visit(100);
    const before = await rows();
    const whole = read;
    read = (source, lane, after, limit) =>
      lane === 3 ? Promise.reject(new Error('the archive is closed')) : whole(source, lane, after, limit);
    expect(await rebuilt()).toMatchObject({ state: 'failed', error: 'Error: the archive is closed' });
    expect(await rows()).toEqual(before);
    read = (source, lane, after, limit) => whole(source, lane, after, limit).then((events) => events.slice(lane === 3 ? 1 : 0));
    expect(await rebuilt()).toMatchObject({ state: 'failed', error: expect.stringContaining('some are missing') as string });
    read = whole;
    expect(await rebuilt()).toMatchObject({ state: 'done', same: true });
  });

  it('is broken off when its instance stops, and leaves the view alone', async () => {
    await visit(100);
    await pool.query(`UPDATE ${schema}."fame" SET looks = 0`);
    const before = await rows();
    const reading = new Promise<void>((begun) => {
      read = () => {
        begun();
        return new Promise(() => undefined);
      };
    });
    await rebuilds.begin('fame');
    await reading;
    await rebuilds.stop();
    expect(await rebuilds.status('fame')).toMatchObject({ state: 'interrupted' });
    expect(outcomes).toEqual(['fame interrupted']);
    expect(await rows()).toEqual(before);
    expect(failures).toEqual([]);
  });

  it('knows the views of its service', async () => {
    await expect(rebuilds.begin('shame')).rejects.toMatchObject({
      code: 'unknown-view',
      remedy: expect.stringContaining('fame') as string,
    });
    expect(await rebuilds.status('fame')).toBeUndefined();
  });
});

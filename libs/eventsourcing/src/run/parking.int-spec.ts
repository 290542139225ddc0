import fc from 'fast-check';
import type { Pool } from 'pg';
import { Checkpoints } from '../store/checkpoints';
import { migrate, schemaOf } from '../store/migrate';
import { Parked } from '../store/parked';
import { Timers } from '../store/timers';
import { ViewTable } from '../store/view-table';
import { openTestPool } from '../testing/postgres';
import { recorded } from '../testing/recorded';
import { processOf, viewOf, type RecordedEvent } from '../vocabulary';
import type { CommandBinding, CommandRequest, Outcome } from './command';
import { CommandTypes } from './command-types';
import { LazyCheckpoints } from './lazy-checkpoints';
import { Parking } from './parking';
import { ProcessRunner } from './process-runner';
import { Reactions } from './reactions';
import type { SkipParkedEvent } from './skip-parked-event';
import { ViewRunner } from './view-runner';
import { Watermarks } from './watermarks';

// A gallery hangs pictures on a wall and has frames made for them; some pictures it cannot take, until somebody mends that.
interface PainterEvents {
  Painted: { picture: number };
}
class Wall {
  painter!: string;
  pictures!: number[];
}
class MakeFrame {
  painter!: string;
  picture!: number;
}
const broken = new Set<number>();
const wall = viewOf<PainterEvents>()({
  name: 'wall',
  row: Wall,
  sources: ['painters'],
  on: {
    Painted: ({ stream, data: { picture } }) => {
      if (broken.has(picture)) throw new Error(`picture ${picture} does not fit`);
      return [
        { key: { painter: stream }, change: (row) => ({ painter: stream, pictures: [...(row?.pictures ?? []), picture] }) },
      ];
    },
  },
});
const framing = processOf<PainterEvents>()({
  name: 'framing',
  sources: ['painters'],
  on: { Painted: ({ stream, data }) => [Object.assign(new MakeFrame(), { painter: stream, ...data })] },
});
const types = new CommandTypes([{ command: MakeFrame } as unknown as CommandBinding]);

const schema = schemaOf('gallery');
const LANE = 5;
const COLUMNS = [
  { property: 'painter', column: 'painter', type: 'text', key: true },
  { property: 'pictures', column: 'pictures', type: 'jsonb', key: false },
];
const REQUEST: CommandRequest = { commandId: 'x', by: 'li-na', now: '2026-01-02T03:04:05.678Z' };

/** The log of the painters: picture n stands at position n. */
const log: RecordedEvent[] = [];
function painted(painter: string): RecordedEvent {
  const position = log.length + 1;
  const event = recorded('painters', painter, 'Painted', { picture: position }, { lane: LANE, position });
  log.push(event);
  return event;
}

describe('events that cannot be taken in', () => {
  let pool: Pool;
  /** Frames in the order in which they were made, each once: what the log does with command ids. */
  let frames: Record<string, number[]> = {};
  const made = new Set<string>();
  const skipped: SkipParkedEvent[] = [];
  let wakes = 0;
  /** Frames are made when it opens. */
  let gate: { passed: Promise<void>; open: () => void };
  function closeGate(): void {
    gate = { passed: Promise.resolve(), open: () => undefined };
    gate.passed = new Promise((resolve) => (gate.open = resolve));
  }

  /** One instance of the gallery. All of them share the database; each remembers for itself. */
  interface Instance {
    parking: Parking;
    parked: Parked;
    take(...events: RecordedEvent[]): Promise<void>;
  }

  async function makeFrame(command: object, { commandId }: CommandRequest): Promise<void> {
    const { painter, picture } = command as MakeFrame;
    await gate.passed;
    if (broken.has(picture)) throw new Error(`no frame fits picture ${picture}`);
    if (made.has(commandId)) return;
    made.add(commandId);
    (frames[painter] ??= []).push(picture);
  }

  async function open(): Promise<Instance> {
    const parked = new Parked(pool, schema);
    const checkpoints = new Checkpoints(pool, schema);
    const watermarks = new Watermarks(checkpoints, [wall, framing], 8, parked);
    await watermarks.load();
    const lazy = new LazyCheckpoints(checkpoints, watermarks, (error) => {
      throw error;
    });
    const views = [{ view: wall, table: new ViewTable(`${schema}."wall"`, COLUMNS) }] as never;
    const common = {
      pool,
      views,
      processes: [framing],
      watermarks,
      parked,
      onPoison: () => undefined,
      onFolded: () => undefined,
      lockName: 'views-gallery',
    };
    const reacting = {
      reactions: new Reactions(makeFrame, types),
      timers: new Timers(pool, schema, 8),
      onTimers: () => undefined,
      onTimersAgain: () => {
        wakes++;
      },
    };
    const viewRunner = new ViewRunner({ ...common, checkpoints });
    const processRunner = new ProcessRunner({ ...common, ...reacting, checkpoints: lazy });
    const parking = new Parking({
      ...common,
      ...reacting,
      viewRunner,
      eventAt: (_source, _lane, position) => Promise.resolve(log[position - 1]),
      isSkipped: (consumer, event) => Promise.resolve(skipped.some((skip) => skip.consumer === consumer && skip.event === event)),
      dispatch: (command) => {
        skipped.push(command);
        return Promise.resolve({ position: 'gallery:0=1', duplicate: false } as Outcome);
      },
    });
    const take = async (...events: RecordedEvent[]): Promise<void> => {
      const [first, last] = [events[0]!, events.at(-1)!];
      const slice = { source: 'painters', lane: LANE, after: first.position - 1, through: last.position, events, absorbed: 0 };
      await Promise.all([viewRunner.deliver(slice), processRunner.deliver(slice)]);
      await lazy.flush();
    };
    return { parking, parked, take };
  }

  const shown = async (): Promise<Record<string, number[]>> => {
    const found = await pool.query<Wall>(`SELECT painter, pictures FROM ${schema}.wall`);
    return Object.fromEntries(found.rows.map(({ painter, pictures }) => [painter, pictures]));
  };
  const count = async (): Promise<Record<string, number>> => Object.fromEntries(await new Parked(pool, schema).counts());

  beforeAll(() => {
    pool = openTestPool();
  });
  afterAll(() => pool.end());
  beforeEach(fresh);
  async function fresh(): Promise<void> {
    broken.clear();
    made.clear();
    log.length = 0;
    skipped.length = 0;
    frames = {};
    closeGate();
    gate.open();
    await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await migrate(pool, 'gallery', { log: false, lanes: 8 });
    await pool.query(`CREATE TABLE ${schema}.wall (painter text PRIMARY KEY, pictures jsonb NOT NULL)`);
  }

  /** Ann paints 1, 2 and 4, of which 1 does not fit; Bob paints 3. */
  async function givenAnnIsParked(): Promise<Instance> {
    broken.add(1);
    const instance = await open();
    await instance.take(painted('ann'), painted('ann'), painted('bob'), painted('ann'));
    return instance;
  }

  it('are listed with what they are, why they wait, and how many wait behind them', async () => {
    const { parked } = await givenAnnIsParked();
    expect(await parked.list({ consumer: 'wall' })).toEqual([
      {
        ...{ consumer: 'wall', source: 'painters', lane: LANE, stream: 'ann', position: 1, type: 'Painted' },
        ...{ error: 'Error: picture 1 does not fit', attempts: 1, behind: 2 },
        since: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      },
    ]);
    expect(await count()).toEqual({ wall: 3, framing: 3 });
  });

  it('go in again in order once the cause is mended, and their stream flows on, in every instance', async () => {
    const one = await givenAnnIsParked();
    const other = await open();
    broken.clear();
    expect(await other.parking.retry({})).toEqual({ taken: 6, failed: [], timers: 0, more: false });
    await one.take(painted('ann'));
    expect(await shown()).toEqual({ ann: [1, 2, 4, 5], bob: [3] });
    expect(frames).toEqual({ ann: [1, 2, 4, 5], bob: [3] });
    expect(await count()).toEqual({});
  });

  it('stop at the first that fails again, which says so, and what is behind it waits', async () => {
    const { parking, parked } = await givenAnnIsParked();
    broken.clear();
    broken.add(2);
    const { taken, failed, more } = await parking.retry({ consumer: 'wall' });
    expect({ taken, more }).toEqual({ taken: 1, more: false });
    expect(failed).toMatchObject([{ position: 2, error: 'Error: picture 2 does not fit', attempts: 1, behind: 1 }]);
    await parking.retry({ consumer: 'wall', stream: 'ann' });
    expect(await parked.list({ consumer: 'wall' })).toMatchObject([{ position: 2, attempts: 2 }]);
    expect([await shown(), await count()]).toEqual([
      { ann: [1], bob: [3] },
      { wall: 2, framing: 3 },
    ]);
  });

  it('can be skipped one by one, which the log is told first', async () => {
    const { parking } = await givenAnnIsParked();
    const skip = { consumer: 'wall', event: 'painters-5-1', reason: 'burnt' };
    await parking.skip(skip, REQUEST);
    expect(skipped).toEqual([{ ...skip, type: 'Painted', stream: 'ann', error: 'Error: picture 1 does not fit' }]);
    expect(await shown()).toEqual({ bob: [3] });
    expect(await parking.retry({ consumer: 'wall' })).toMatchObject({ taken: 2, failed: [] });
    expect(await shown()).toEqual({ ann: [2, 4], bob: [3] });
  });

  it('are not skipped out of turn, nor when they are not parked', async () => {
    const { parking } = await givenAnnIsParked();
    const skip = (event: string, consumer = 'wall'): Promise<unknown> =>
      parking.skip({ consumer, event, reason: 'burnt' }, REQUEST);
    await expect(skip('painters-5-2')).rejects.toMatchObject({ code: 'not-first-of-stream', kind: 'conflict' });
    await expect(skip('painters-5-3')).rejects.toMatchObject({ code: 'not-parked', kind: 'not-found' });
    await expect(skip('painters-5-1', 'cellar')).rejects.toMatchObject({ code: 'not-parked' });
    await expect(skip('the first one')).rejects.toMatchObject({ code: 'unknown-event' });
    expect(skipped).toEqual([]);
  });

  it('are not taken in after the log was told that they are skipped, even if that was all that could be done', async () => {
    const { parking } = await givenAnnIsParked();
    const skip = { consumer: 'wall', event: 'painters-5-1', reason: 'burnt' };
    skipped.push({ ...skip, type: 'Painted', stream: 'ann', error: '' });
    broken.clear();
    await parking.retry({ consumer: 'wall' });
    expect(await shown()).toEqual({ ann: [2, 4], bob: [3] });
    await parking.skip(skip, REQUEST);
    expect(await count()).toEqual({ framing: 3 });
  });

  it('wait for a consumer that is gone until somebody skips them', async () => {
    const { parking } = await givenAnnIsParked();
    await pool.query(`UPDATE ${schema}.parked SET consumer = 'attic' WHERE consumer = 'wall'`);
    const { failed } = await parking.retry({ consumer: 'attic' });
    expect(failed).toMatchObject([{ error: expect.stringContaining('no view or process of the name attic') as string }]);
  });

  it('can be timers, which fire again or are given up', async () => {
    const { parking } = await open();
    const id = '00000000-0000-8000-8000-000000000001';
    await pool.query(
      `INSERT INTO ${schema}.timer (lane, process, key, id, due_at, try_at, command, data, attempts, error, parked_at)
       VALUES (0, 'framing', 'ann', $1, now(), now(), 'MakeFrame', '{}', 4, 'no wood', now())`,
      [id],
    );
    const fired = async (): Promise<number> => (await new Timers(pool, schema, 8).due([0], 10)).length;
    expect(await fired()).toBe(0);
    expect(await parking.retry({ consumer: 'framing' })).toMatchObject({ timers: 1 });
    expect([await fired(), wakes]).toEqual([1, 1]);
    await pool.query(`UPDATE ${schema}.timer SET parked_at = now()`);
    const skip = { consumer: 'framing', event: id, reason: 'burnt' };
    await parking.skip(skip, REQUEST);
    expect(skipped).toEqual([{ ...skip, type: 'MakeFrame', stream: 'ann', error: 'no wood' }]);
    await parking.skip(skip, REQUEST);
    expect((await pool.query(`SELECT 1 FROM ${schema}.timer`)).rowCount).toBe(0);
  });

  it('are neither overtaken nor followed too late by what comes while the last of them is taken in', async () => {
    broken.add(1);
    const [keeper, operator] = [await open(), await open()];
    await keeper.take(painted('ann'));
    broken.clear();
    closeGate();
    const retried = operator.parking.retry({ consumer: 'framing' });
    const taken = keeper.take(painted('ann'));
    // The next picture waits for the lock that the retry holds.
    await until(
      async () => (await pool.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`)).rowCount !== 0,
    );
    gate.open();
    await Promise.all([retried, taken]);
    expect(frames).toEqual({ ann: [1, 2] });
    expect(await count()).toEqual({ wall: 2 });
  });

  it('keep the order of their stream, whatever comes while somebody retries', async () => {
    const step = fc.record({
      painter: fc.constantFrom('ann', 'bob'),
      breaks: fc.boolean(),
      retry: fc.boolean(),
      mend: fc.boolean(),
    });
    const history = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 15 }), async (steps) => {
      await fresh();
      const [keeper, operator] = [await open(), await open()];
      const retries: Promise<unknown>[] = [];
      for (const { painter, breaks, retry, mend } of steps) {
        const event = painted(painter);
        if (breaks) broken.add(event.position);
        if (mend) broken.clear();
        if (retry) retries.push(operator.parking.retry({}));
        await keeper.take(event);
      }
      await Promise.all(retries);
      broken.clear();
      await operator.parking.retry({});
      const expected: Record<string, number[]> = {};
      for (const { stream, position } of log) (expected[stream] ??= []).push(position);
      expect(await shown()).toEqual(expected);
      expect(frames).toEqual(expected);
      expect(await count()).toEqual({});
    });
    await fc.assert(history, { seed: 20260102, numRuns: 5 });
  }, 120_000);
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 10_000; !(await holds());) {
    if (Date.now() > deadline) throw new Error('Waited 10 s in vain.');
    await new Promise(setImmediate);
  }
}

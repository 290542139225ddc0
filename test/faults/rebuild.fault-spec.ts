import { randomUUID } from 'node:crypto';
import { openPool } from '#libs/eventsourcing/parts';
import { archiveFaults, untilArchived } from './bed/archive';
import { notesOf, readLog, takenOnce } from './bed/audit';
import { ask, newDatabase, type TestDatabase } from './bed/database';
import { Instance, type Line } from './bed/instance';
import { InstanceProcess, type Birth } from './bed/instance-process';
import type { Mishap } from './bed/mishap';
import { Onlooker } from './bed/onlooker';
import { PlainRebuild } from './bed/plain-rebuild';
import { beginRebuild, rebuilt } from './bed/rebuilding';
import { chanceOf, rounds } from './bed/seed';
import { until } from './bed/until';

const chance = chanceOf('rebuild');
/** So many that a rebuild takes more than one turn. */
const LINES = 12_000;
const NOTES = 600;
const CATCH_UP_MS = 60_000;

let database: TestDatabase;
let live: Instance;
const lines: Line[] = [];

const newLine = (mishap?: Mishap): Line => {
  const line = { commandId: randomUUID(), note: `n${chance.between(1, NOTES)}`, line: lines.length, ...(mishap && { mishap }) };
  lines.push(line);
  return line;
};

beforeAll(async () => {
  database = await newDatabase();
  live = await Instance.open({ databaseUrl: database.url, owner: 'live' });
  // Far behind in the log, so that a rebuild is under way for a while when it comes to them.
  const fatal = new Map<number, Mishap>([
    [LINES * 0.85, 'kill-view'],
    [LINES * 0.9, 'stop-view'],
  ]);
  await Promise.all(Array.from({ length: LINES }, (_, n) => live.write(newLine(fatal.get(n)))));
  await untilArchived(database.url, CATCH_UP_MS);
}, 120_000);
afterAll(async () => {
  await live.stop();
  await database.drop();
}, 60_000);

let rebuilder: InstanceProcess;
let onlooker: Onlooker;
afterEach(() => rebuilder.end());

/** Another instance of the archive, which keeps no lane: all it does is to make the view again. */
async function startRebuilder(birth: Birth = {}): Promise<void> {
  const place = { databaseUrl: database.url, services: ['archive'] as const, url: live.url, owner: 'rebuilder' };
  rebuilder = await InstanceProcess.start(place, birth);
  onlooker = new Onlooker(database.url);
}

async function expectUnharmed(): Promise<void> {
  await untilArchived(database.url, CATCH_UP_MS);
  await until(() => onlooker.looks > 10, 'somebody to look');
  expect(await onlooker.leaves()).toEqual([]);
  expect(takenOnce(await readLog(database.url, 'notebook'), lines)).toEqual([]);
  expect(await archiveFaults(database.url)).toEqual([]);
}

describe('a rebuild whose process is killed', () => {
  it('in the middle leaves the view as it was, and another one can begin at once', async () => {
    for (let round = 0; round < rounds(1, 20); round++) {
      await startRebuilder({ prone: 'kill-view' });
      await beginRebuild(rebuilder.url);
      await rebuilder.ended();
      expect(await rebuilt(live.url)).toMatchObject({ state: 'done', same: true });
      await expectUnharmed();
    }
  }, 900_000);

  it('at the switch, with everything written and nothing committed, leaves the view as it was', async () => {
    for (let round = 0; round < rounds(1, 20); round++) {
      await ask(database.url, 'UPDATE archive.page SET count = -count');
      await startRebuilder();
      await heldAtTheSwitch(() => rebuilder.kill());
      const [rows] = await ask(database.url, 'SELECT count(*) AS old FROM archive.page WHERE count < 0');
      expect(rows).toEqual({ old: NOTES });
      expect(await rebuilt(live.url)).toMatchObject({ state: 'done', differences: { missing: 0, surplus: 0, changed: NOTES } });
      await expectUnharmed();
    }
  }, 900_000);

  it('at any moment, while lines are written, harms nobody', async () => {
    for (let round = 0; round < rounds(2, 40); round++) {
      await startRebuilder();
      await beginRebuild(rebuilder.url);
      const fatal = chance.between(1, 1500);
      for (let written = 0; written < 1500; written += 50) {
        if (written < fatal && written + 50 >= fatal) void rebuilder.kill();
        await Promise.all(Array.from({ length: 50 }, () => live.write(newLine())));
      }
      expect(await rebuilt(live.url)).toMatchObject({ state: 'done', same: true });
      await expectUnharmed();
    }
  }, 900_000);
});

describe('a rebuild whose process stands still', () => {
  it('until another one has taken its place writes nothing when it wakes', async () => {
    for (let round = 0; round < rounds(1, 5); round++) {
      await startRebuilder({ prone: 'stop-view' });
      await beginRebuild(rebuilder.url);
      await rebuilder.stops();
      const took = async (): Promise<boolean> => (await rebuilt(live.url)).state === 'done';
      await until(took, 'another rebuild to take its place');
      rebuilder.signal('SIGCONT');
      await until(async () => (await rebuilt(rebuilder.url)).state === 'done', 'the sleeper to begin anew');
      await expectUnharmed();
    }
  }, 900_000);
});

describe('[control] a rebuild that empties the table and fills it again', () => {
  it('shows readers a view that is empty, then half, and stays so when it is killed', async () => {
    await startRebuilder();
    const plain = await PlainRebuild.open(database.url);
    const onlookerOfPlain = new Onlooker(database.url, 'plain.page');
    await until(() => onlookerOfPlain.looks > 0, 'somebody to look');
    const notes = notesOf(await readLog(database.url, 'notebook'));
    await plain.killedAfter(NOTES / 2, notes, async (done) => {
      const before = onlookerOfPlain.looks;
      if (done % 100 === 0) await until(() => onlookerOfPlain.looks > before, 'somebody to look');
    });
    expect(await onlookerOfPlain.leaves()).toContain('rows are missing');
    expect(await ask(database.url, 'SELECT count(*) AS rows FROM plain.page')).toEqual([{ rows: NOTES / 2 }]);
    await plain.close();
    await expectUnharmed();
  }, 60_000);
});

/** Holds a rebuild between the last row that it writes and its commit, while something is done to it. */
async function heldAtTheSwitch(deed: () => Promise<void>): Promise<void> {
  const pool = openPool(database.url, 1);
  const holder = await pool.connect();
  try {
    // What a rebuild writes last are parked events.
    await holder.query('BEGIN; LOCK TABLE archive.parked IN SHARE MODE');
    await beginRebuild(rebuilder.url);
    const waiting = `SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'archive.parked'::regclass`;
    let session: { pid: number } | undefined;
    await until(
      async () => !!([session] = await ask<{ pid: number }>(database.url, waiting))[0],
      'the rebuild to come to its switch',
    );
    await deed();
    await holder.query('ROLLBACK');
    const left = async (): Promise<object[]> =>
      ask(database.url, 'SELECT 1 FROM pg_stat_activity WHERE pid = $1', [session?.pid]);
    await until(async () => (await left()).length === 0, 'its session to end');
  } finally {
    holder.release();
    await pool.end();
  }
}

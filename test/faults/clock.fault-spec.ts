import { randomUUID } from 'node:crypto';
import { archiveFaults, untilArchived } from './bed/archive';
import { readLog, soundness, takenOnce } from './bed/audit';
import { ask, newDatabase, type TestDatabase } from './bed/database';
import { takeClock } from './bed/database-clock';
import type { Line } from './bed/instance';
import { InstanceProcess, type Birth } from './bed/instance-process';
import { PlainLog } from './bed/plain-log';
import { chanceOf, rounds } from './bed/seed';

const chance = chanceOf('clock');
const DAY_MS = 86_400_000;
const LEASE_S = 6;
const TAKEOVER_MS = 15_000;

let database: TestDatabase;
let lines: Line[];
const processes: InstanceProcess[] = [];

const start = async (owner: string, birth: Birth = {}): Promise<InstanceProcess> => {
  const process = await InstanceProcess.start({ databaseUrl: database.url, owner }, birth);
  processes.push(process);
  return process;
};

function newLines(count: number): Line[] {
  const added = Array.from({ length: count }, (_, n): Line => ({
    commandId: randomUUID(),
    note: `n${chance.between(1, 30)}`,
    line: lines.length + n,
  }));
  lines.push(...added);
  return added;
}

async function expectArchived(): Promise<void> {
  await untilArchived(database.url, TAKEOVER_MS);
  expect(takenOnce(await readLog(database.url, 'notebook'), lines)).toEqual([]);
  expect(await archiveFaults(database.url)).toEqual([]);
}

/** Leases that hold longer than any lease may, by the clock of the database. */
async function overlongLeases(table: string): Promise<string[]> {
  const sql = `SELECT lane, owner, extract(epoch FROM until - now())::int AS seconds FROM ${table} ORDER BY lane`;
  const leases = await ask<{ lane: number; owner: string; seconds: number }>(database.url, sql);
  expect(leases.length).toBeGreaterThan(0);
  return leases
    .filter(({ seconds }) => seconds > LEASE_S)
    .map(({ lane, owner, seconds }) => `lane ${lane} is ${owner}'s for ${seconds} s`);
}

beforeEach(async () => {
  database = await newDatabase();
  lines = [];
});
afterEach(async () => {
  await Promise.all(processes.splice(0).map((process) => process.end()));
  await database.drop();
});

describe('instances whose clocks are days apart', () => {
  it('write a log whose time never goes back', async () => {
    const writers = [
      await start('late', { clockAheadMs: -DAY_MS }),
      await start('right'),
      await start('early', { clockAheadMs: DAY_MS }),
    ];
    for (let round = 0; round < rounds(10, 200); round++) writers.forEach((writer) => writer.write(newLines(20)));
    await Promise.all(writers.map((writer) => writer.answersAll()));
    await expectArchived();
  }, 120_000);

  it('[control] whose own clocks are believed write a log whose time goes back', async () => {
    const plain = await PlainLog.open(database.url);
    for (const ahead of [DAY_MS, 0]) {
      const [line] = newLines(1);
      await plain.write({ line: line!, version: 1, at: new Date(Date.now() + ahead).toISOString() });
    }
    expect(soundness(await plain.read())).toContain('time: lane 0 goes back at position 2');
    await plain.close();
  });

  it('hold lanes for as long as the database says, so that one that dies is followed within seconds', async () => {
    const early = await start('early', { clockAheadMs: DAY_MS });
    early.write(newLines(50));
    await early.answersAll();
    expect(await overlongLeases('archive.lease')).toEqual([]);
    await early.kill();
    const right = await start('right');
    right.write(newLines(50));
    await right.answersAll();
    await expectArchived();
  }, 60_000);

  it('[control] that hold lanes by their own clocks hold them for a day after they are dead', async () => {
    await ask(database.url, 'CREATE TABLE plain_lease (lane int, owner text, until timestamptz)');
    const until = new Date(Date.now() + DAY_MS + LEASE_S * 1000);
    await ask(database.url, "INSERT INTO plain_lease VALUES (0, 'early', $1)", [until.toISOString()]);
    expect(await overlongLeases('plain_lease')).toEqual([expect.stringMatching(/^lane 0 is early's for 864\d\d s$/)]);
  });
});

describe('a database whose clock jumps', () => {
  const owners = async (): Promise<string> => {
    const leases = await ask<{ owner: string }>(database.url, 'SELECT owner FROM archive.lease ORDER BY name, lane');
    return leases.map(({ owner }) => owner).join();
  };

  it('forward ends leases before their time: two owners read the same lanes, and every line is archived once', async () => {
    const clock = await takeClock(database);
    const both = [await start('first'), await start('second')];
    let owner = await owners();
    for (let hours = 1, changes = 0; changes < rounds(3, 50); hours++) {
      await clock.set(`${hours} hours`);
      both.forEach((each) => each.write(newLines(10)));
      await Promise.all(both.map((each) => each.answersAll()));
      const before = owner;
      owner = await owners();
      if (owner !== before) changes++;
    }
    await expectArchived();
  }, 300_000);

  it('back while the owner of the lanes dies keeps nobody waiting for an hour', async () => {
    const clock = await takeClock(database);
    await clock.set('1 hour');
    const first = await start('first');
    first.write(newLines(50));
    await first.answersAll();
    await first.kill();
    await clock.set('0');
    const second = await start('second');
    second.write(newLines(50));
    await second.answersAll();
    await expectArchived();
  }, 60_000);

  it('[control] back keeps everybody waiting who believes a lease from before', async () => {
    const clock = await takeClock(database);
    await clock.set('1 hour');
    await ask(database.url, 'CREATE TABLE plain_lease (lane int, owner text, until timestamptz)');
    await ask(database.url, `INSERT INTO plain_lease VALUES (0, 'dead', now() + interval '${LEASE_S} seconds')`);
    await clock.set('0');
    expect(await overlongLeases('plain_lease')).toEqual([expect.stringMatching(/^lane 0 is dead's for 360\d s$/)]);
  });
});

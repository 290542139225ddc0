import { randomUUID } from 'node:crypto';
import { openPool, PostgresStore, schemaOf } from '#libs/eventsourcing/parts';
import { notesOf, readLog, soundness, takenOnce } from './bed/audit';
import { newDatabase, type TestDatabase } from './bed/database';
import { Instance, type Line } from './bed/instance';
import { InstanceProcess } from './bed/instance-process';
import { PlainLog } from './bed/plain-log';
import { chanceOf, rounds } from './bed/seed';
import { until } from './bed/until';

const chance = chanceOf('appending');
const line = (note: string, n: number): Line => ({ commandId: randomUUID(), note, line: n });
const linesOf = (count: number, note: (n: number) => string): Line[] => Array.from({ length: count }, (_, n) => line(note(n), n));

let database: TestDatabase;
let plain: PlainLog;
beforeAll(async () => {
  database = await newDatabase();
});
beforeEach(async () => {
  plain = await PlainLog.open(database.url);
});
afterEach(() => plain.close());
afterAll(() => database.drop());

describe('three processes and a reader', () => {
  let processes: InstanceProcess[];
  beforeAll(async () => {
    const place = { databaseUrl: database.url, services: ['notebook'] as const };
    processes = await Promise.all([1, 2, 3].map(() => InstanceProcess.start(place)));
  }, 60_000);
  afterAll(() => Promise.all(processes.map((process) => process.end())));

  it('take every line once and leave no hole, though some lines are sent again and elsewhere', async () => {
    const lines = linesOf(rounds(1200, 100_000), () => `shared-${chance.between(1, 40)}`);
    const reader = new Reader();
    for (const all of [lines, lines.filter(() => chance.happens(0.2))]) {
      const shares = processes.map((): Line[] => []);
      all.forEach((each) => chance.pick(shares).push(each));
      processes.forEach((process, n) => process.write(shares[n] ?? []));
    }
    const isDone = (): boolean => new Set(processes.flatMap((process) => [...process.acknowledged])).size === lines.length;
    await until(isDone, 'every acknowledgment', 300_000);
    expect(processes.flatMap(({ failures }) => failures)).toEqual([]);
    const log = await readLog(database.url, 'notebook');
    expect([...soundness(log), ...takenOnce(log, lines)]).toEqual([]);
    expect(log.events).toHaveLength(lines.length);
    expect(await reader.seen(log.heads)).toEqual(log.events.map(({ lane, position }) => `${lane}/${position}`));
  }, 400_000);

  it('[control] with positions from a sequence leave a hole, and the reader misses an event', async () => {
    await (await plain.begin({ line: line('a', 1), version: 1 })).end('ROLLBACK');
    const slow = await plain.begin({ line: line('b', 2), version: 1 });
    await plain.write({ line: line('c', 3), version: 1 });
    const before = await plain.after(0);
    await slow.end('COMMIT');
    const seen = [...before, ...(await plain.after(before.at(-1) ?? 0))];
    const log = await plain.read();
    expect(soundness(log)).toContainEqual(expect.stringMatching(/^log-density: .* stands where position 1 should be$/));
    expect(seen).not.toEqual(log.events.map(({ position }) => position));
  });

  it('[control] without memory of commands take a line twice', async () => {
    const repeated = line('a', 1);
    await plain.write(await plain.plan(repeated));
    await plain.write(await plain.plan(repeated));
    expect(takenOnce(await plain.read(), [repeated])).toEqual(['doubled: note:a line 1 is there 2 times']);
  });
});

describe('four instances with pools of their own', () => {
  let instances: Instance[];
  beforeAll(async () => {
    const open = (): Promise<Instance> => Instance.open({ databaseUrl: database.url, services: ['notebook'] });
    instances = await Promise.all([1, 2, 3, 4].map(open));
  }, 60_000);
  afterAll(() => Promise.all(instances.map((instance) => instance.stop())));
  const sound = async (): Promise<void> => expect(soundness(await readLog(database.url, 'notebook'))).toEqual([]);

  it('race to begin a note, fifty times at once: one wins, and the others are told', async () => {
    for (let round = 0; round < rounds(5, 200); round++) {
      const begins = Array.from({ length: 50 }, (_, n) => chance.pick(instances).begin(`raced-${round}`, `writer-${n}`));
      const outcomes = await Promise.allSettled(begins);
      const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as { code: string }] : []));
      expect(refusals.map(({ code }) => code)).toEqual(Array(49).fill('already-begun'));
    }
    const log = await readLog(database.url, 'notebook');
    expect(log.events.filter(({ type }) => type === 'NoteBegun')).toHaveLength(rounds(5, 200));
    await sound();
  }, 120_000);

  it('write twenty lines to any version of one note: all twenty are there', async () => {
    for (let round = 0; round < rounds(5, 200); round++) {
      const lines = linesOf(20, () => `busy-${round}`);
      await Promise.all(lines.map((each) => chance.pick(instances).write(each)));
    }
    const notes = notesOf(await readLog(database.url, 'notebook'));
    for (let round = 0; round < rounds(5, 200); round++) {
      const written = notes.get(`busy-${round}`) ?? [];
      expect(written.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n));
    }
    await sound();
  }, 120_000);

  it('[control] who look before they write, and do not decide again, write the same version twenty times', async () => {
    const plans = await Promise.all(linesOf(20, () => 'busy').map((each) => plain.plan(each)));
    await Promise.all(plans.map((planned) => plain.write(planned)));
    const found = soundness(await plain.read()).filter((violation) => violation.startsWith('stream-versions'));
    expect(found).toHaveLength(19);
  });

  it('write 199 of 200 lines at once when the database refuses one', async () => {
    const innocent: Line[] = [];
    for (let round = 0; round < rounds(3, 50); round++) {
      const lines = linesOf(200, (n) => `mixed-${round}-${n % 60}`);
      const poison = chance.between(0, 199);
      // No text of PostgreSQL can hold this character.
      lines[poison] = line(`mixed-\0-${round}`, poison);
      const instance = chance.pick(instances);
      const outcomes = await Promise.allSettled(lines.map((each) => instance.write(each)));
      expect(outcomes.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([poison]);
      innocent.push(...lines.filter((_, n) => n !== poison));
    }
    const harm = takenOnce(await readLog(database.url, 'notebook'), innocent);
    expect(harm.filter((each) => each.includes('mixed-'))).toEqual([]);
    await sound();
  }, 120_000);

  it('[control] who write 200 lines by one statement lose all of them to the one that is refused', async () => {
    const lines = linesOf(200, (n) => String(n));
    await plain.writeAll(lines.with(77, line('\0', 77))).catch(() => undefined);
    expect(takenOnce(await plain.read(), lines)).toHaveLength(200);
  });
});

/** Somebody who follows all lanes of the log while they are written, and never looks back. */
class Reader {
  private readonly pool = openPool(database.url, 1);
  private readonly store = new PostgresStore('notebook', this.pool, schemaOf('notebook'), 8);
  private readonly lanes: number[][] = Array.from({ length: 8 }, () => []);
  private heads: readonly number[] | undefined;
  private readonly done = this.follow();

  /** What it has seen when it has come to these heads, lane by lane. */
  async seen(heads: readonly number[]): Promise<string[]> {
    this.heads = heads;
    await this.done;
    return this.lanes.flatMap((positions, lane) => positions.map((position) => `${lane}/${position}`));
  }

  private async follow(): Promise<void> {
    while (!this.heads?.every((head, lane) => (this.lanes[lane]?.at(-1) ?? 0) >= head)) {
      for (const [lane, seen] of this.lanes.entries()) {
        seen.push(...(await this.store.read(lane, seen.at(-1) ?? 0, 500)).map(({ position }) => position));
      }
    }
    await this.pool.end();
  }
}

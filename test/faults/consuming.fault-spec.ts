import { randomUUID } from 'node:crypto';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { archiveFaults, untilArchived } from './bed/archive';
import { differences, notesOf, readLog, takenOnce } from './bed/audit';
import { ask, newDatabase, type TestDatabase } from './bed/database';
import type { Line, Place } from './bed/instance';
import { InstanceProcess } from './bed/instance-process';
import type { Mishap } from './bed/mishap';
import { PlainArchive } from './bed/plain-archive';
import { chanceOf, rounds } from './bed/seed';

const chance = chanceOf('consuming');
/** A lease runs out, and then the session that stood still in a transaction. */
const TAKEOVER_MS = 15_000;
const NOTES = 30;

let database: TestDatabase;
let written: Line[];
const processes: InstanceProcess[] = [];

/** Lines on some notes; the mishap befalls whoever reads one of them. */
function newLines(count: number, mishap?: Mishap): Line[] {
  const fatal = chance.between(Math.floor(count / 3), Math.floor((count * 2) / 3));
  const lines = Array.from({ length: count }, (_, n): Line => {
    const line = { commandId: randomUUID(), note: `n${chance.between(1, NOTES)}`, line: written.length + n };
    return n === fatal && mishap ? { ...line, mishap } : line;
  });
  written.push(...lines);
  return lines;
}

async function start(owner: string, birth: { prone?: boolean } = {}): Promise<InstanceProcess> {
  const place: Place = { databaseUrl: database.url, owner };
  const process = await InstanceProcess.start(place, birth);
  processes.push(process);
  return process;
}

/** Sends again what nobody has acknowledged, until somebody has. */
async function finish(process: InstanceProcess): Promise<void> {
  const known = new Set(processes.flatMap((each) => [...each.acknowledged]));
  const open = written.filter(({ commandId }) => !known.has(commandId));
  process.write(open);
  await process.acknowledges(process.acknowledged.size + open.length);
}

async function expectArchived(timeoutMs = TAKEOVER_MS): Promise<void> {
  await untilArchived(database.url, timeoutMs);
  expect(takenOnce(await readLog(database.url, 'notebook'), written)).toEqual([]);
  expect(await archiveFaults(database.url)).toEqual([]);
  expect(await ask(database.url, 'SELECT * FROM archive.parked')).toEqual([]);
}

beforeEach(async () => {
  database = await newDatabase();
  written = [];
});
afterEach(async () => {
  await Promise.all(processes.splice(0).map((process) => process.kill()));
  await database.drop();
});

describe('an instance that is killed', () => {
  it.each([
    ['between the rows of a view and its checkpoint', 'kill-view'],
    ['between the commands of a process and its checkpoint', 'kill-process'],
  ] as const)(
    '%s leaves nothing half done, and whoever comes after does nothing twice',
    async (_where, mishap) => {
      const first = await start('same', { prone: true });
      first.write(newLines(300, mishap));
      await first.ended();
      const second = await start('same');
      await finish(second);
      await expectArchived();
    },
    60_000,
  );

  it('again and again, at any moment, loses nothing that it acknowledged and archives every line once', async () => {
    for (let round = 0; round < rounds(4, 60); round++) {
      const process = await start('same');
      process.write(newLines(rounds(150, 600)));
      await process.acknowledges(chance.between(1, 100));
      await process.kill();
    }
    await finish(await start('same'));
    await expectArchived();
  }, 600_000);
});

describe('an instance that stands still', () => {
  /** Work for both, after which everything has to be in order. */
  async function expectBothAtWork(zombie: InstanceProcess, other: InstanceProcess): Promise<void> {
    other.write(newLines(50));
    zombie.write(newLines(50));
    await zombie.answersAll();
    await finish(other);
    await expectArchived();
  }

  it('in the middle of a transaction is passed by within seconds, and does no harm when it wakes', async () => {
    const [zombie, other] = [await start('zombie', { prone: true }), await start('other')];
    zombie.write(newLines(200, 'stop-view'));
    await zombie.stops();
    other.write(newLines(100));
    await finish(other);
    await expectArchived();
    zombie.signal('SIGCONT');
    await expectBothAtWork(zombie, other);
  }, 90_000);

  it('at any moment is passed by within seconds, and does no harm when it wakes', async () => {
    const [zombie, other] = [await start('zombie'), await start('other')];
    for (let round = 0; round < rounds(1, 20); round++) {
      zombie.write(newLines(200));
      await zombie.acknowledges(zombie.acknowledged.size + chance.between(1, 150));
      zombie.signal('SIGSTOP');
      other.write(newLines(100));
      await finish(other);
      await expectArchived();
      zombie.signal('SIGCONT');
      await expectBothAtWork(zombie, other);
    }
  }, 900_000);
});

describe('[control] a consumer that writes first and notes later', () => {
  let archive: PlainArchive;
  let events: RecordedEvent[];
  beforeEach(async () => {
    const writer = await start('writer');
    writer.write(newLines(60));
    await finish(writer);
    events = (await readLog(database.url, 'notebook')).events;
    archive = await PlainArchive.open(database.url);
  });
  afterEach(() => archive.close());
  const found = async (): Promise<string[]> =>
    differences(notesOf(await readLog(database.url, 'notebook')), await archive.shown());

  it('is fine as long as nothing goes wrong', async () => {
    await archive.take(events);
    expect(await found()).toEqual([]);
  });

  it('has lines twice when it dies in between', async () => {
    await archive.take(events, 'before-mark').catch(() => undefined);
    await archive.take(events.slice(await archive.mark()));
    expect(await found()).not.toEqual([]);
  });

  it('has lines twice when two do the same work', async () => {
    await Promise.all([archive.take(events), archive.take(events)]);
    expect(await found()).not.toEqual([]);
  });
});

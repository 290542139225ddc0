import { randomUUID } from 'node:crypto';
import { recorded } from '#libs/eventsourcing/testing';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { shownPages } from './bed/archive';
import { differences, notesOf, readLog, soundness, type Log, type Notes } from './bed/audit';
import { ask, newDatabase, type TestDatabase } from './bed/database';
import { Instance, type Line } from './bed/instance';
import { PlainArchive } from './bed/plain-archive';
import { chanceOf, rounds } from './bed/seed';
import { until } from './bed/until';

const chance = chanceOf('poison');
const NOTES = 30;

/** Lines on thirty notes, one after the other in each. Three notes have a line that somebody cannot take. */
function newLines(count: number): Line[] {
  const lines = Array.from({ length: count }, (_, line): Line => ({
    commandId: randomUUID(),
    note: `n${chance.between(1, NOTES)}`,
    line,
  }));
  for (const mishap of ['indigestible', 'unstorable', 'refused'] as const) {
    const note = chance.pick(lines.filter((line) => lines.every((other) => other.note !== line.note || !other.mishap))).note;
    const own = lines.filter((line) => line.note === note);
    Object.assign(chance.pick(own), { mishap });
  }
  return lines;
}

/** The notes as somebody should have them who parks lines that he cannot take, and what follows them in their note. */
function untilPoison(log: Log, poison: readonly string[]): { taken: Notes; parked: string[] } {
  const taken: Notes = new Map();
  const parked: string[] = [];
  const waiting = new Set<string>();
  for (const { lane, position, stream, data } of log.events) {
    const { line, mishap = '' } = data as { line: number; mishap?: string };
    const note = stream.slice('note:'.length);
    if (poison.includes(mishap)) waiting.add(note);
    if (waiting.has(note)) parked.push(`${lane}/${position} ${stream}`);
    else taken.set(note, [...(taken.get(note) ?? []), line]);
  }
  return { taken, parked };
}

describe('lines that a view or a process cannot take', () => {
  let database: TestDatabase;
  let instance: Instance;
  beforeEach(async () => {
    database = await newDatabase();
    instance = await Instance.open({ databaseUrl: database.url });
  }, 30_000);
  afterEach(async () => {
    await instance.stop();
    await database.drop();
  }, 30_000);

  const parkedFor = async (consumer: string): Promise<string[]> => {
    const sql = 'SELECT lane, position, stream FROM archive.parked WHERE consumer = $1 ORDER BY lane, position';
    const rows = await ask<{ lane: number; position: number; stream: string }>(database.url, sql, [consumer]);
    return rows.map(({ lane, position, stream }) => `${lane}/${position} ${stream}`);
  };

  async function expectOnlyPoisonToWait(): Promise<void> {
    const log = await readLog(database.url, 'notebook');
    const archive = await readLog(database.url, 'archive');
    expect([...soundness(log), ...soundness(archive)]).toEqual([]);
    const pages = untilPoison(log, ['indigestible', 'unstorable']);
    expect(differences(pages.taken, await shownPages(database.url))).toEqual([]);
    expect(await parkedFor('pages')).toEqual(pages.parked);
    const copies = untilPoison(log, ['refused']);
    expect(differences(copies.taken, notesOf(archive))).toEqual([]);
    expect(await parkedFor('copy-lines')).toEqual(copies.parked);
  }

  it('wait, with what follows them in their note and in order; all other notes flow', async () => {
    for (const line of newLines(rounds(300, 6000))) void instance.write(line);
    await untilRead(database.url, rounds(300, 6000));
    await expectOnlyPoisonToWait();
    for (const line of newLines(rounds(300, 6000))) void instance.write({ ...line, line: -line.line });
    await untilRead(database.url, 2 * rounds(300, 6000));
    await expectOnlyPoisonToWait();
  }, 300_000);
});

/** Waits until the log has so many lines, and view and process have read all of them. */
function untilRead(url: string, lines: number): Promise<void> {
  const sql = `SELECT sum(l.last_position)::int AS written, bool_and(c.position = l.last_position) AS read
               FROM notebook.lane l JOIN archive.checkpoint c USING (lane) WHERE c.consumer IN ('pages', 'copy-lines')`;
  const isRead = async (): Promise<boolean> => {
    const [found] = await ask<{ written: number; read: boolean }>(url, sql);
    return found?.written === 2 * lines && found.read;
  };
  return until(isRead, 'everything to be read', 120_000);
}

describe('[control] a consumer that knows no parking', () => {
  let database: TestDatabase;
  let archive: PlainArchive;
  const events = [1, 2, 3, 4].flatMap((line) => ['a', 'b'].map((note) => written(note, line)));
  const log: Log = { source: 'notebook', heads: [], events };
  const { taken } = untilPoison(log, ['indigestible']);
  beforeEach(async () => {
    database = await newDatabase();
    archive = await PlainArchive.open(database.url);
  });
  afterEach(async () => {
    await archive.close();
    await database.drop();
  });

  it('and stops where it is, keeps the other notes back', async () => {
    await archive.take(events.slice(0, events.findIndex(isPoison)));
    expect(differences(taken, await archive.shown())).toEqual([expect.stringMatching(/^b: the log says 1,2,3,4, here is 1/)]);
  });

  it('and leaves out the line, goes on in the middle of a note', async () => {
    await archive.take(events.filter((event) => !isPoison(event)));
    expect(differences(taken, await archive.shown())).toEqual(['a: the log says 1, here is 1,3,4']);
  });
});

function isPoison({ data }: RecordedEvent): boolean {
  return (data as { mishap?: string }).mishap !== undefined;
}

function written(note: string, line: number): RecordedEvent {
  const data = { line, ...(note === 'a' && line === 2 && { mishap: 'indigestible' }) };
  return recorded('notebook', `note:${note}`, 'LineWritten', data, { lane: 0, version: line });
}

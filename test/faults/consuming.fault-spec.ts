import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { differences, notesOf, readLog } from './bed/audit';
import { Crew } from './bed/crew';
import type { InstanceProcess } from './bed/instance-process';
import { PlainArchive } from './bed/plain-archive';
import { chanceOf, rounds } from './bed/seed';

const chance = chanceOf('consuming');
/** A lease runs out, and then the session that stood still in a transaction. */
const TAKEOVER_MS = 15_000;

let crew: Crew;
beforeEach(async () => {
  crew = await Crew.gather(chance);
});
afterEach(() => crew.disperse());

describe('an instance that is killed', () => {
  it.each([
    ['between the rows of a view and its checkpoint', 'kill-view'],
    ['between the commands of a process and its checkpoint', 'kill-process'],
  ] as const)(
    '%s leaves nothing half done, and whoever comes after does nothing twice',
    async (_where, mishap) => {
      const first = await crew.start('same', { prone: true });
      first.write(crew.newLines(300, mishap));
      await first.ended();
      const second = await crew.start('same');
      await crew.finish(second);
      await crew.expectArchived(TAKEOVER_MS);
    },
    60_000,
  );

  it('again and again, at any moment, loses nothing that it acknowledged and archives every line once', async () => {
    for (let round = 0; round < rounds(4, 60); round++) {
      const process = await crew.start('same');
      process.write(crew.newLines(rounds(150, 600)));
      await process.acknowledges(chance.between(1, 100));
      await process.kill();
    }
    await crew.finish(await crew.start('same'));
    await crew.expectArchived(TAKEOVER_MS);
  }, 600_000);
});

describe('an instance that stands still', () => {
  /** Work for both, after which everything has to be in order. */
  async function expectBothAtWork(zombie: InstanceProcess, other: InstanceProcess): Promise<void> {
    other.write(crew.newLines(50));
    zombie.write(crew.newLines(50));
    await zombie.answersAll();
    await crew.finish(other);
    await crew.expectArchived(TAKEOVER_MS);
  }

  it('in the middle of a transaction is passed by within seconds, and does no harm when it wakes', async () => {
    const [zombie, other] = [await crew.start('zombie', { prone: true }), await crew.start('other')];
    zombie.write(crew.newLines(200, 'stop-view'));
    await zombie.stops();
    other.write(crew.newLines(100));
    await crew.finish(other);
    await crew.expectArchived(TAKEOVER_MS);
    zombie.signal('SIGCONT');
    await expectBothAtWork(zombie, other);
  }, 90_000);

  it('at any moment is passed by within seconds, and does no harm when it wakes', async () => {
    const [zombie, other] = [await crew.start('zombie'), await crew.start('other')];
    for (let round = 0; round < rounds(1, 10); round++) {
      zombie.write(crew.newLines(200));
      await zombie.acknowledges(zombie.acknowledged.size + chance.between(1, 150));
      zombie.signal('SIGSTOP');
      await zombie.stops();
      other.write(crew.newLines(100));
      await crew.finish(other);
      await crew.expectArchived(TAKEOVER_MS);
      zombie.signal('SIGCONT');
      await expectBothAtWork(zombie, other);
    }
  }, 900_000);
});

describe('[control] a consumer that writes first and notes later', () => {
  let archive: PlainArchive;
  let events: RecordedEvent[];
  beforeEach(async () => {
    const writer = await crew.start('writer');
    writer.write(crew.newLines(60));
    await crew.finish(writer);
    events = (await readLog(crew.database.url, 'notebook')).events;
    archive = await PlainArchive.open(crew.database.url);
  });
  afterEach(() => archive.close());
  const found = async (): Promise<string[]> =>
    differences(notesOf(await readLog(crew.database.url, 'notebook')), await archive.shown());

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

import { describeWithKafka, testBrokers } from '#libs/eventsourcing/testing';
import { differences, notesOf, readLog } from './bed/audit';
import { Crew } from './bed/crew';
import { Instance, type Place } from './bed/instance';
import { PlainArchive } from './bed/plain-archive';
import { chanceOf, rounds } from './bed/seed';
import { repeats, Topic } from './bed/topic';
import { until } from './bed/until';

const chance = chanceOf('relay');
/** A lease runs out, a group of consumers forms anew, and what has been lost is looked for now and then. */
const PATIENCE_MS = 60_000;

let crew: Crew;
let archive: Instance;
let place: Place;
let topic: Topic;
beforeEach(async () => {
  const bus = { bus: 'kafka' as const, brokers: testBrokers(), namespace: `relay-${chance.between(1, 1e9)}` };
  crew = await Crew.gather(chance, { ...bus, services: ['notebook'] });
  place = { ...bus, databaseUrl: crew.database.url, services: ['archive'], url: 'http://127.0.0.1:1' };
  topic = new Topic(bus.brokers, bus.namespace);
  archive = await Instance.open(place);
}, 60_000);
afterEach(async () => {
  await archive.stop();
  await crew.disperse();
}, 60_000);

/** The control: somebody who takes what the topic brings, as it comes. */
async function expectHarmToWhoeverTakesAll(): Promise<void> {
  const plain = await PlainArchive.open(crew.database.url);
  await plain.take(await topic.read());
  expect(differences(notesOf(await readLog(crew.database.url, 'notebook')), await plain.shown())).not.toEqual([]);
  await plain.close();
}

describeWithKafka('a relay that is killed after it sent and before it noted so', () => {
  it('sends again when it is back, and the archive drops what it has; [control] whoever takes all has lines twice', async () => {
    for (let round = 0; round < rounds(1, 20); round++) {
      const first = await crew.start('same', { prone: true });
      place.url = first.url;
      first.write(crew.newLines(300, 'kill-relay'));
      await first.ended();
      const next = await crew.start('same');
      place.url = next.url;
      await crew.finish(next);
      await crew.expectArchived(PATIENCE_MS);
      await next.kill();
    }
    await until(() => archive.options.absorbed > 0, 'repeats to be dropped');
    expect(repeats(await topic.read())).toBeGreaterThan(0);
    await expectHarmToWhoeverTakesAll();
  }, 900_000);
});

describeWithKafka('a relay that stands still past its lease, with a load in its hands', () => {
  it('sends it behind the back of its successor, and the archive drops it; [control] whoever takes all has lines twice', async () => {
    for (let round = 0; round < rounds(1, 8); round++) {
      const zombie = await crew.start(`zombie-${round}`, { prone: true });
      place.url = zombie.url;
      zombie.write(crew.newLines(200, 'stop-relay'));
      await zombie.stops();
      const other = await crew.start(`other-${round}`);
      place.url = other.url;
      other.write(crew.newLines(100));
      await crew.finish(other);
      await crew.expectArchived(PATIENCE_MS);
      const before = await topic.length();
      zombie.signal('SIGCONT');
      await until(async () => (await topic.length()) > before, 'the zombie to send what it had');
      for (const each of [zombie, other]) each.write(crew.newLines(50));
      await crew.finish(other);
      await crew.expectArchived(PATIENCE_MS);
      await Promise.all([zombie.kill(), other.kill()]);
    }
    await until(() => archive.options.absorbed > 0, 'repeats to be dropped');
    await expectHarmToWhoeverTakesAll();
  }, 900_000);
});

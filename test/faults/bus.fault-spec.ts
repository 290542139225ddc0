import { randomUUID } from 'node:crypto';
import type { Outgoing } from '#libs/eventsourcing/parts';
import { describeWithKafka, testBrokers } from '#libs/eventsourcing/testing';
import { archiveFaults, untilArchived } from './bed/archive';
import { differences, notesOf, readLog, takenOnce } from './bed/audit';
import { intercept } from './bed/carriage';
import { newDatabase, type TestDatabase } from './bed/database';
import { Instance, type Line } from './bed/instance';
import { OwnBroker } from './bed/own-broker';
import { PlainArchive } from './bed/plain-archive';
import { chanceOf, rounds } from './bed/seed';
import { outOfTurn, repeats, Topic } from './bed/topic';
import { until } from './bed/until';

const chance = chanceOf('bus');
/** What has been lost is looked for now and then, and a group of consumers may have to form anew. */
const PATIENCE_MS = 60_000;

let database: TestDatabase;
let instance: Instance;
let topic: Topic;
let lines: Line[];

async function open(brokers: readonly string[]): Promise<void> {
  database = await newDatabase();
  lines = [];
  const namespace = `bus-${chance.between(1, 1e9)}`;
  topic = new Topic(brokers, namespace);
  instance = await Instance.open({ databaseUrl: database.url, bus: 'kafka', brokers, namespace });
}

async function close(): Promise<void> {
  await instance.stop();
  await database.drop();
}

async function write(count: number, onAcknowledged: (count: number) => void = () => undefined): Promise<void> {
  const burst = Array.from({ length: count }, (_, n): Line => {
    return { commandId: randomUUID(), note: `n${chance.between(1, 40)}`, line: lines.length + n };
  });
  lines.push(...burst);
  let acknowledged = 0;
  await Promise.all(burst.map((line) => instance.write(line).then(() => onAcknowledged(++acknowledged))));
}

async function expectArchived(): Promise<void> {
  await untilArchived(database.url, PATIENCE_MS);
  expect(takenOnce(await readLog(database.url, 'notebook'), lines)).toEqual([]);
  expect(await archiveFaults(database.url)).toEqual([]);
}

/** What somebody has who takes what the topic brings, as it comes, held against the log. */
async function harmToWhoeverTakesAll(): Promise<string[]> {
  const plain = await PlainArchive.open(database.url);
  await plain.take(await topic.read());
  const harm = differences(notesOf(await readLog(database.url, 'notebook')), await plain.shown());
  await plain.close();
  return harm;
}

describeWithKafka('a broker that is killed while it is written to', () => {
  let broker: OwnBroker;
  beforeAll(async () => {
    broker = await OwnBroker.start();
  }, 120_000);
  afterAll(() => broker.stop(), 60_000);
  beforeEach(() => open([broker.address]), 60_000);
  afterEach(close, 60_000);

  it('has every event when it is back, none before those that go before it', async () => {
    for (let round = 0; round < rounds(1, 10); round++) {
      const fatal = chance.between(1, 300);
      let killed: Promise<void> | undefined;
      await write(400, (count) => {
        if (count === fatal) killed = broker.kill();
      });
      await killed;
      await write(200);
      await broker.returns();
      await write(100);
      await expectArchived();
    }
    const messages = await topic.read();
    expect(outOfTurn(messages)).toEqual([]);
    expect(messages.length - repeats(messages)).toBe(lines.length);
  }, 900_000);
});

describeWithKafka('a bus', () => {
  let restore: () => void = () => undefined;
  beforeEach(() => open(testBrokers()), 60_000);
  afterEach(async () => {
    restore();
    await close();
  }, 60_000);

  /** Lets the bus do this to what it carries of each lane. */
  function disturb(change: (messages: Outgoing['messages']) => Outgoing['messages']): void {
    restore = intercept((lanes, send) => {
      const changed = lanes.map(({ lane, messages }) => ({ lane, messages: change(messages) }));
      return send(changed.filter(({ messages }) => messages.length > 0));
    });
  }

  it('[control] that refuses a load has it out of turn from a relay that puts it aside and goes on', async () => {
    const aside: (readonly Outgoing[])[] = [];
    restore = intercept(async (load, send) => {
      if (aside.length === 0) aside.push(load);
      else await send(load);
    });
    await write(100);
    await until(() => aside.length > 0, 'a load to be refused');
    await write(100);
    await untilArchived(database.url, PATIENCE_MS);
    restore();
    for (const load of aside) await topic.client.publish(topic.name, load);
    await topic.client.stop();
    expect(outOfTurn(await topic.read())).not.toEqual([]);
  }, 120_000);

  it('that loses messages, the last ones too, has them fetched from the log; [control] not by whoever takes what comes', async () => {
    let lost = 0;
    disturb((messages) => {
      const kept = messages.filter(() => !chance.happens(0.2));
      lost += messages.length - kept.length;
      return kept;
    });
    for (let round = 0; round < rounds(3, 60); round++) await write(100);
    // The last of every lane is lost, and nothing comes after it to show that it is missing.
    disturb((messages) => {
      lost += messages.length;
      return [];
    });
    await write(40);
    await expectArchived();
    expect(lost).toBeGreaterThan(40);
    expect(await topic.length()).toBe(lines.length - lost);
    expect(await harmToWhoeverTakesAll()).not.toEqual([]);
  }, 300_000);

  it('that repeats messages and mixes them up brings them in once and in order; [control] not to whoever takes what comes', async () => {
    const sent = new Map<number, Outgoing['messages']>();
    restore = intercept((lanes, send) =>
      send(
        lanes.map(({ lane, messages }) => {
          const earlier = [...(sent.get(lane) ?? []), ...messages];
          sent.set(lane, earlier);
          const again = messages.flatMap(() => (chance.happens(0.3) ? [chance.pick(earlier)] : []));
          return { lane, messages: chance.shuffled([...messages, ...again]) };
        }),
      ),
    );
    for (let round = 0; round < rounds(5, 100); round++) await write(100);
    await expectArchived();
    const messages = await topic.read();
    expect(repeats(messages)).toBeGreaterThan(0);
    expect(outOfTurn(messages)).not.toEqual([]);
    expect(await harmToWhoeverTakesAll()).not.toEqual([]);
  }, 300_000);
});

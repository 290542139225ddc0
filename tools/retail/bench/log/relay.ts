import { setTimeout } from 'node:timers/promises';
import type { StoredEvent } from '#libs/eventsourcing';
import { RELAY, type ServiceRuntime } from '#libs/eventsourcing/parts';
import type { Bench, Measured, Setting } from '../frame/bench';
import { pace, type Pace } from '../frame/loops';
import type { Numbers } from '../frame/statistics';
import { messagesOf, sendAlone } from './kafkajs-alone';
import { fill, openNotes, SERVICE, surroundings, Tally } from './notes';

const LOOK_MS = 2;
const PAGE = 5000;
const PATIENCE_MS = 120_000;

/**
 * How fast the relay brings a log that has grown to Kafka, against kafkajs alone with the same messages, made before: by turns in
 * every run. The relay reads the events from the database, makes the messages, sends them and moves its checkpoints.
 */
export const relay: Bench = {
  size: { seconds: 0, concurrency: 1, runs: 5, events: 100_000 },
  figures: [
    { name: 'messagesPerSecond', unit: '/s', bound: { atLeast: 15_000 }, aim: 40_000 },
    { name: 'limitMessagesPerSecond', unit: '/s' },
    { name: 'ratio', unit: '', bound: { atLeast: 0.5 }, aim: 0.8 },
  ],
  async measure(setting: Setting): Promise<Measured> {
    const { scratch, runs, say } = setting;
    const [url, broker] = await Promise.all([scratch.postgres(), scratch.kafka()]);
    const tally = new Tally();
    const writer = await openNotes(surroundings(url, tally));
    scratch.onClose(() => writer.stop());
    const found: Numbers[] = [];
    for (let n = 0; n <= runs; n++) {
      const numbers = await round(setting, n, { writer, relayed: () => openNotes(surroundings(url, tally, broker)), broker });
      const { messagesPerSecond, limitMessagesPerSecond, ratio = 0 } = numbers;
      const both = `${Math.round(messagesPerSecond ?? 0)} messages/s, kafkajs alone ${Math.round(limitMessagesPerSecond ?? 0)}`;
      say(`${n === 0 ? 'Warm-up' : `Run ${n} of ${runs}`}: ${both}, ratio ${ratio.toFixed(2)}`);
      if (n > 0) found.push(numbers);
    }
    return { runs: found, faults: tally.faults };
  },
};

interface Contestants {
  /** Writes and does not send. */
  writer: ServiceRuntime;
  /** A service at work on the same log with its relay. */
  relayed: () => Promise<ServiceRuntime>;
  broker: string;
}

async function round({ events }: Setting, n: number, { writer, relayed, broker }: Contestants): Promise<Numbers> {
  const before = await writer.store.heads();
  await fill(writer, events, `relay-${n}`);
  const heads = await writer.store.heads();
  const service = await relayed();
  const ours = await drain(service, before, heads).finally(() => service.stop());
  const messages = messagesOf(await readAfter(writer, before), 'bench');
  const limit = await sendAlone(broker, writer.store.lanes, messages);
  return {
    messagesPerSecond: ours.perSecond,
    limitMessagesPerSecond: limit.perSecond,
    ratio: ours.perSecond / limit.perSecond,
  };
}

/** Starts the service and waits until its relay has sent everything; counted from its first send, which finds the broker. */
async function drain(service: ServiceRuntime, from: readonly number[], heads: readonly number[]): Promise<Pace> {
  const sum = (positions: readonly number[]): number => positions.reduce((total, position) => total + position, 0);
  const sent = (): number =>
    sum(heads.map((_, lane) => service.consumers.watermarks.of(RELAY, SERVICE, lane) - (from[lane] ?? 0)));
  const total = sum(heads) - sum(from);
  const within = async (done: () => boolean): Promise<void> => {
    for (const deadline = performance.now() + PATIENCE_MS; !done(); await setTimeout(LOOK_MS)) {
      if (performance.now() > deadline) throw new Error(`The relay sent ${sent()} of ${total} messages and no more.`);
    }
  };
  await service.start();
  await within(() => sent() > 0);
  const [began, first] = [performance.now(), sent()];
  await within(() => sent() >= total);
  return pace(total - first, began);
}

/** The events after these positions, in the order in which the relay takes them: a page of each lane by turns. */
async function readAfter({ store }: ServiceRuntime, positions: readonly number[]): Promise<StoredEvent[]> {
  const found: StoredEvent[] = [];
  const cursors = [...positions];
  for (let grown = true; grown;) {
    const pages = await Promise.all(cursors.map((after, lane) => store.read(lane, after, PAGE)));
    pages.forEach((page, lane) => (cursors[lane] = page.at(-1)?.position ?? cursors[lane] ?? 0));
    for (const page of pages) for (const event of page) found.push(event);
    grown = pages.some((page) => page.length > 0);
  }
  return found;
}

import { randomUUID } from 'node:crypto';
import { fromCloudEvent, type CloudEvent } from '#libs/eventsourcing';
import { KafkaClient, topicOf } from '#libs/eventsourcing/parts';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { until } from './until';

/** The topic of the notebook, as anybody reads it who knows nothing of the library. */
export class Topic {
  readonly client: KafkaClient;
  readonly name: string;

  constructor(brokers: readonly string[], namespace: string) {
    this.client = new KafkaClient({ brokers: [...brokers], clientId: 'reader', log: () => undefined });
    this.name = topicOf(namespace, 'notebook');
  }

  /** How many messages there are. */
  async length(): Promise<number> {
    const ends = await this.client.ends(this.name);
    return ends.reduce((sum, { end }) => sum + end, 0);
  }

  /** All that it holds, each lane as it stands there. */
  async read(): Promise<RecordedEvent[]> {
    const length = await this.length();
    const consumer = this.client.kafka.consumer({ groupId: randomUUID(), maxWaitTimeInMs: 100 });
    const found: RecordedEvent[] = [];
    await consumer.connect();
    await consumer.subscribe({ topics: [this.name], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachMessage: ({ message }) => {
        found.push(fromCloudEvent(JSON.parse(String(message.value)) as CloudEvent));
        return Promise.resolve();
      },
    });
    await until(() => found.length >= length, `${length} messages of ${this.name}`);
    await consumer.disconnect();
    return found;
  }
}

/** What is wrong with the order in which messages stand in their lanes: each has to come when all before it have been there. */
export function outOfTurn(messages: readonly RecordedEvent[]): string[] {
  const highest = new Map<number, number>();
  return messages.flatMap(({ lane, position }) => {
    const before = highest.get(lane) ?? 0;
    highest.set(lane, Math.max(before, position));
    return position > before + 1 ? [`lane ${lane}: ${position} comes after ${before}`] : [];
  });
}

/** How many messages say what another one has said. */
export function repeats(messages: readonly RecordedEvent[]): number {
  return messages.length - new Set(messages.map(({ lane, position }) => `${lane}/${position}`)).size;
}

import { cloudEventText, type StoredEvent } from '#libs/eventsourcing';
import { KafkaClient } from '#libs/eventsourcing/parts';
import { pace, type Pace } from '../frame/loops';

const TOPIC = 'limit';
/** What carries most: a send with fewer costs more for each, one with more waits for itself. */
const BATCH = 1000;

/** A message as the relay sends it. */
export interface Message {
  key: string;
  value: string;
  partition: number;
  headers: Record<string, string>;
}

/** The messages that the relay makes of these events. */
export function messagesOf(events: readonly StoredEvent[], namespace: string): Message[] {
  return events.map((event) => ({
    key: event.stream,
    value: cloudEventText(event, { namespace }),
    partition: event.lane,
    headers: { 'content-type': 'application/cloudevents+json; charset=utf-8' },
  }));
}

/** What kafkajs can send when it does nothing else: messages that are ready, as safely as the relay sends them. */
export async function sendAlone(broker: string, lanes: number, messages: readonly Message[]): Promise<Pace> {
  const client = new KafkaClient({ brokers: [broker], clientId: 'limit', log: () => undefined });
  await client.ensureTopics([TOPIC], lanes);
  const producer = client.kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  // The first send learns where the partitions are.
  await producer.send({ topic: TOPIC, messages: messages.slice(0, BATCH), acks: -1 });
  const began = performance.now();
  for (let at = 0; at < messages.length; at += BATCH) {
    await producer.send({ topic: TOPIC, messages: messages.slice(at, at + BATCH), acks: -1 });
  }
  const found = pace(messages.length, began);
  await producer.disconnect();
  return found;
}

import { setTimeout } from 'node:timers/promises';
import type { Consumer, EachBatchPayload } from 'kafkajs';
import { fromCloudEvent, peek, splitType, type CloudEvent } from '../envelope';
import type { Deliver, Feed, Incoming } from './feed';
import type { RecordedEvent } from '../vocabulary';
import type { KafkaClient } from './kafka-client';

export interface KafkaFeedParts {
  client: KafkaClient;
  /** The consumer group; its members share out the lanes. */
  group: string;
  /** The topic of each source. */
  topics: ReadonlyMap<string, string>;
  onError: (error: unknown) => void;
}

const COMMIT_MS = 2000;
const RESTART_MS = 1000;
const PACE_MS = 50;
const BEAT_MS = 1500;
/** Every partition that a fetch has brought something of: who waits for another one waits for its pace as well. */
const AT_ONCE = 256;

/**
 * Reads the topics of other services, one consumer for all of them. The watermarks in the database say what is in; the offsets
 * in Kafka are only where to look first after a restart, so they are committed now and then, behind the effects.
 */
export class KafkaFeed implements Feed {
  private readonly sources: ReadonlyMap<string, string>;
  private readonly done = new Map<string, { topic: string; partition: number; offset: string }>();
  private consumer: Consumer | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly parts: KafkaFeedParts) {
    this.sources = new Map([...parts.topics].map(([source, topic]) => [topic, source]));
  }

  async start(deliver: Deliver): Promise<void> {
    if (this.sources.size === 0) return;
    await this.run(deliver);
    this.timer = setInterval(() => void this.commit().catch(this.parts.onError), COMMIT_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.commit().catch(this.parts.onError);
    await this.consumer?.disconnect();
  }

  private async run(deliver: Deliver): Promise<void> {
    const consumer = this.parts.client.kafka.consumer({
      groupId: this.parts.group,
      maxWaitTimeInMs: 1000,
      // The least that brokers allow as they come: the lanes of an instance that is killed move after that.
      sessionTimeout: 6000,
      heartbeatInterval: BEAT_MS,
      retry: { initialRetryTime: 100, maxRetryTime: 2000, retries: 6 },
    });
    this.consumer = consumer;
    // kafkajs restarts by itself after what it calls retriable; after anything else we do: a consumer must never just be gone.
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (payload.restart) return;
      this.parts.onError(payload.error);
      this.restart(deliver);
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [...this.sources.keys()], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: AT_ONCE,
      eachBatch: (payload) => this.eachBatch(payload, deliver),
    });
  }

  private restart(deliver: Deliver): void {
    if (this.stopped) return;
    globalThis.setTimeout(() => {
      if (this.stopped) return;
      this.run(deliver).catch((error: unknown) => {
        this.parts.onError(error);
        this.restart(deliver);
      });
    }, RESTART_MS);
  }

  private async eachBatch(payload: EachBatchPayload, deliver: Deliver): Promise<void> {
    if (payload.isStale()) return;
    const { topic, partition: lane, messages } = payload.batch;
    const source = this.sources.get(topic) ?? topic;
    const offset = payload.batch.lastOffset();
    const beat = setInterval(() => void payload.heartbeat().catch(this.parts.onError), BEAT_MS);
    try {
      const { settled } = await deliver({ source, lane, messages: messages.map(({ value }) => incoming(value)) });
      payload.resolveOffset(offset);
      // All that is kept until the effects are in is where that is; the messages themselves may go.
      settled.then(() => this.applied(topic, lane, offset)).catch(this.parts.onError);
      // What has come is on its way already; the pause only lets the next fetch bring more than a message or two.
      if (!this.stopped) await setTimeout(PACE_MS);
    } finally {
      clearInterval(beat);
    }
  }

  private applied(topic: string, partition: number, last: string): void {
    this.done.set(`${topic}/${partition}`, { topic, partition, offset: String(BigInt(last) + 1n) });
  }

  private async commit(): Promise<void> {
    const offsets = [...this.done.values()];
    if (offsets.length === 0 || !this.consumer) return;
    this.done.clear();
    await this.consumer.commitOffsets(offsets);
  }
}

/** A message as it came: position and type without parsing where its spelling allows, the rest, once, when somebody wants it. */
function incoming(value: Buffer | null): Incoming {
  let text = value?.toString('utf8') ?? '';
  let parsed: RecordedEvent | undefined;
  const event = (): RecordedEvent => {
    parsed ??= fromCloudEvent(JSON.parse(text) as CloudEvent);
    text = '';
    return parsed;
  };
  const head = peek(text);
  if (head) return { ...head, event };
  const document = JSON.parse(text) as CloudEvent;
  return { position: document.position, type: splitType(document.type)[0], event: () => fromCloudEvent(document) };
}

import { setTimeout } from 'node:timers/promises';
import { Kafka, logLevel, Partitioners, type LogEntry, type Producer } from 'kafkajs';
import Encoder from 'kafkajs/src/protocol/encoder';
import { makeLean } from './kafka-encoder';
import type { Outgoing, Publisher } from './publisher';

export interface KafkaOptions {
  brokers: string[];
  clientId: string;
  /** Told what the client has to say, at `error` or `warn`; a plain rebalance, which kafkajs calls an error, is left out. */
  log: (level: 'error' | 'warn', message: string) => void;
}

const CONTENT_TYPE = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
/** One event may be larger than the broker's default of a megabyte: an order of two thousand lines with long names. */
const TOPIC_SETTINGS = [{ name: 'max.message.bytes', value: '8388608' }];
/**
 * A plain rebalance; a topic that was just made and is not known everywhere or has no leader yet, which is tried again (a send that fails
 * for good still throws); and that retries are limited, which is no loss here, because the relay sends again and readers drop repeats.
 */
const NOISE =
  /rebalanc|not aware of this member|Response (Heartbeat|JoinGroup|SyncGroup)|Limiting retries|not the leader|does not host|coordinator is (not available|loading)|Restarting the consumer/i;

// Once for the process, before anything is sent: all clients share the encoder.
makeLean(Encoder);

/** A topic that cannot be ours: trying again would not help. */
export class WrongTopic extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WrongTopic';
  }
}

/** One connection to Kafka for a process: topics, and one producer that carries all relays. */
export class KafkaClient implements Publisher {
  readonly kafka: Kafka;
  private producer: Producer | undefined;
  private connecting: Promise<Producer> | undefined;

  constructor(readonly options: KafkaOptions) {
    this.kafka = new Kafka({
      brokers: options.brokers,
      clientId: options.clientId,
      logLevel: logLevel.WARN,
      logCreator: () => (entry) => this.log(entry),
      retry: { initialRetryTime: 100, maxRetryTime: 2000, retries: 6 },
      connectionTimeout: 3000,
    });
  }

  /** Makes the topics that are missing, one partition per lane; refuses a topic with another number of partitions. */
  async ensureTopics(topics: readonly string[], lanes: number): Promise<void> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      const existing = new Set(await admin.listTopics());
      const missing = topics.filter((topic) => !existing.has(topic));
      const wanted = missing.map((topic) => ({ topic, numPartitions: lanes, configEntries: TOPIC_SETTINGS }));
      // Not waiting for leaders here: the client gives up on a topic that the broker does not know for the first moment.
      if (wanted.length > 0) await admin.createTopics({ topics: wanted, waitForLeaders: false });
      const { topics: found } = await patiently(() => admin.fetchTopicMetadata({ topics: [...topics] }));
      const wrong = found.find(({ partitions }) => partitions.length !== lanes);
      if (wrong) {
        throw new WrongTopic(`Topic ${wrong.name} has ${wrong.partitions.length} partitions, but the log has ${lanes} lanes.`);
      }
    } finally {
      await admin.disconnect();
    }
  }

  /**
   * Refuses a topic that holds events of another log: a lane of ours is still empty, yet its partition is not. Its readers would
   * take the strangers for ours.
   */
  async assertOurs(topic: string, heads: readonly number[]): Promise<void> {
    const foreign = (await this.ends(topic)).find(({ partition, end }) => end > 0 && heads[partition] === 0);
    if (!foreign) return;
    throw new WrongTopic(
      `Topic ${topic} holds events of another log (partition ${foreign.partition}: ${foreign.end} messages, our lane: none). ` +
        'Use the database that these topics belong to, or other brokers, or delete the topics.',
    );
  }

  /** Where each partition of a topic ends: the offset that its next message gets. */
  ends(topic: string): Promise<{ partition: number; end: number }[]> {
    // Each try asks anew who leads: kafkajs keeps what it knew when it is told that this broker does not lead the partition (yet).
    return patiently(async () => {
      const admin = this.kafka.admin();
      await admin.connect();
      try {
        const offsets = await admin.fetchTopicOffsets(topic);
        return offsets.map(({ partition, high }) => ({ partition, end: Number(high) }));
      } finally {
        await admin.disconnect();
      }
    });
  }

  async publish(topic: string, batches: readonly Outgoing[]): Promise<void> {
    const producer = await this.connected();
    const messages = batches.flatMap(({ lane, messages: outgoing }) =>
      outgoing.map(({ key, value }) => ({ key, value, partition: lane, headers: CONTENT_TYPE })),
    );
    try {
      await producer.send({ topic, messages, acks: -1 });
    } catch (error) {
      // A producer that has lost its sequence numbers would refuse everything after; a new one begins afresh.
      await this.disconnectProducer();
      throw error;
    }
  }

  /** Whether the broker answers. */
  async ping(): Promise<void> {
    const admin = this.kafka.admin({ retry: { retries: 0 } });
    try {
      await admin.connect();
      await admin.describeCluster();
    } finally {
      await admin.disconnect();
    }
  }

  async stop(): Promise<void> {
    await this.disconnectProducer();
  }

  private connected(): Promise<Producer> {
    if (this.producer) return Promise.resolve(this.producer);
    this.connecting ??= this.connect().finally(() => (this.connecting = undefined));
    return this.connecting;
  }

  private async connect(): Promise<Producer> {
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    this.producer = producer;
    return producer;
  }

  private async disconnectProducer(): Promise<void> {
    const producer = this.producer;
    this.producer = undefined;
    await producer?.disconnect().catch(() => undefined);
  }

  private log({ level, log }: LogEntry): void {
    const detail = typeof log['error'] === 'string' ? `: ${log['error']}` : '';
    if (!NOISE.test(`${log.message}${detail}`)) {
      this.options.log(level === logLevel.ERROR ? 'error' : 'warn', `Kafka: ${log.message}${detail}`);
    }
  }
}

const PATIENCE_MS = 5000;
const RETRY_MS = 100;

/** A topic that was just made takes a moment until the broker speaks of it. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (const deadline = performance.now() + PATIENCE_MS; ;) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await setTimeout(RETRY_MS);
    }
  }
}

import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { LazyCheckpoints } from '../run/lazy-checkpoints';
import { Relay, RELAY } from '../run/relay';
import { Watermarks } from '../run/watermarks';
import { Checkpoints } from '../store/checkpoints';
import { Leases } from '../store/leases';
import { migrate, schemaOf } from '../store/migrate';
import { Parked } from '../store/parked';
import { PostgresStore } from '../store/postgres-store';
import { feedContract, type FeedBench } from '../testing/feed.contract';
import { describeWithKafka, testBrokers } from '../testing/kafka';
import { openTestPool } from '../testing/postgres';
import { KafkaClient } from './kafka-client';
import { KafkaFeed } from './kafka-feed';
import { LogSignal } from './log-signal';

const schema = schemaOf('bakery');

describeWithKafka('the feed through Kafka', () => {
  let pool: Pool;
  let client: KafkaClient;
  let relay: Relay | undefined;
  beforeAll(() => {
    pool = openTestPool();
    client = new KafkaClient({ brokers: testBrokers(), clientId: 'test', log: () => undefined });
  });
  afterEach(() => relay?.stop());
  afterAll(async () => {
    await client.stop();
    await pool.end();
  });

  const onError = (): void => undefined;

  async function newRelay(store: PostgresStore, topic: string): Promise<Relay> {
    const checkpoints = new Checkpoints(pool, schema);
    const watermarks = new Watermarks(checkpoints, [{ name: RELAY, sources: ['bakery'] }], 8, new Parked(pool, schema));
    await watermarks.load();
    const started = new Relay({
      store,
      publisher: client,
      topic,
      naming: { namespace: 'test' },
      onSent: () => undefined,
      watermarks,
      leases: new Leases(pool, schema, { name: RELAY, owner: 'test', lanes: 8, ttlMs: 5000 }),
      signal: new LogSignal(),
      checkpoints: new LazyCheckpoints(checkpoints, watermarks, onError),
      onError,
    });
    await started.start();
    return started;
  }

  async function bench(): Promise<FeedBench> {
    await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await migrate(pool, 'bakery', { log: true, lanes: 8 });
    const store = new PostgresStore('bakery', pool, schema, 8);
    const topic = `test.bakery.${randomUUID()}`;
    await client.ensureTopics([topic], 8);
    relay = await newRelay(store, topic);
    const open = (): KafkaFeed => new KafkaFeed({ client, group: topic, topics: new Map([['bakery', topic]]), onError });
    return { store, open };
  }

  feedContract(bench);

  it('refuses a topic whose partitions are not the lanes', async () => {
    const topic = `test.wrong.${randomUUID()}`;
    await client.ensureTopics([topic], 3);
    await expect(client.ensureTopics([topic], 8)).rejects.toThrow('3 partitions, but the log has 8 lanes');
  });
});

import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestPool, testBrokers, testDatabaseUrl } from '#libs/eventsourcing/testing';
import { startSystem, type RunningSystem } from '../../tools/local/system';

/** The whole system on a port of its own, as `npm start` runs it, with a database and topics that nobody else uses. */
export interface TestSystem {
  url: string;
  bus: 'kafka' | 'postgres';
  /** For a test that changes what it should not. */
  databaseUrl: string;
  /** The names of its topics begin with it. */
  namespace: string;
  /** Starts one more instance of every service on the same database and topics. */
  another(): Promise<{ url: string; stop(): Promise<void> }>;
  stop(): Promise<void>;
}

/** Starts it on the servers of the test run: with Kafka where there is one. */
export async function startTestSystem(): Promise<TestSystem> {
  const name = `system_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const pool = openTestPool(1);
  await pool.query(`CREATE DATABASE ${name}`);
  const database = new URL(testDatabaseUrl());
  database.pathname = name;
  const env = {
    ...{ DATABASE_URL: database.href, KAFKA_BROKERS: testBrokers().join(','), EVENT_NAMESPACE: name, LOG_LEVEL: 'error' },
    PRIVACY_MASTER_KEY: randomBytes(32).toString('hex'),
  };
  const system = await startInstance(env);
  const stop = async (): Promise<void> => {
    await system.stop();
    await pool.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await pool.end();
  };
  const another = (): ReturnType<TestSystem['another']> => startInstance({ ...env, INSTANCE: 'another' });
  return { url: system.url, bus: system.bus, databaseUrl: database.href, namespace: name, another, stop };
}

/** An instance with a folder of its own, which goes with it. */
async function startInstance(env: Record<string, string>): Promise<RunningSystem> {
  const dataDir = await mkdtemp(join(tmpdir(), 'new-retail-system-'));
  const system = await startSystem({ dataDir, port: 0, bus: testBrokers().length > 0 ? 'kafka' : 'postgres', env });
  return { ...system, stop: () => system.stop().then(() => rm(dataDir, { recursive: true })) };
}

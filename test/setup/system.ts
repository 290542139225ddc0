import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestPool, testBrokers, testDatabaseUrl } from '#libs/eventsourcing/testing';
import { startSystem } from '../../tools/local/system';

/** The whole system on a port of its own, as `npm start` runs it, with a database and topics that nobody else uses. */
export interface TestSystem {
  url: string;
  bus: 'kafka' | 'postgres';
  /** For a test that changes what it should not. */
  databaseUrl: string;
  stop(): Promise<void>;
}

/** Starts it on the servers of the test run: with Kafka where there is one. */
export async function startTestSystem(): Promise<TestSystem> {
  const name = `system_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const pool = openTestPool(1);
  await pool.query(`CREATE DATABASE ${name}`);
  const database = new URL(testDatabaseUrl());
  database.pathname = name;
  const dataDir = await mkdtemp(join(tmpdir(), 'new-retail-system-'));
  const env = { DATABASE_URL: database.href, KAFKA_BROKERS: testBrokers().join(','), EVENT_NAMESPACE: name, LOG_LEVEL: 'error' };
  const system = await startSystem({ dataDir, port: 0, bus: testBrokers().length > 0 ? 'kafka' : 'postgres', env });
  const stop = async (): Promise<void> => {
    await system.stop();
    await pool.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await pool.end();
    await rm(dataDir, { recursive: true });
  };
  return { url: system.url, bus: system.bus, databaseUrl: database.href, stop };
}

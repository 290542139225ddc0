import { randomUUID } from 'node:crypto';
import { openPool } from '#libs/eventsourcing/parts';
import { openTestPool, testDatabaseUrl } from '#libs/eventsourcing/testing';

/** A database that nobody else uses, on the server of the test run. */
export interface TestDatabase {
  url: string;
  name: string;
  drop(): Promise<void>;
}

export async function newDatabase(): Promise<TestDatabase> {
  const name = `faults_${randomUUID().replaceAll('-', '')}`;
  const pool = openTestPool(1);
  await pool.query(`CREATE DATABASE ${name}`);
  const url = new URL(testDatabaseUrl());
  url.pathname = name;
  const drop = async (): Promise<void> => {
    await pool.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await pool.end();
  };
  return { url: url.href, name, drop };
}

/** Asks a database something, once. */
export async function ask<R extends object>(url: string, sql: string, values: unknown[] = []): Promise<R[]> {
  const pool = openPool(url, 1);
  try {
    return (await pool.query<R>(sql, values)).rows;
  } finally {
    await pool.end();
  }
}

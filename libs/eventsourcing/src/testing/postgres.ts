import type { Pool } from 'pg';
import { openPool } from '../store/connection';

/** The PostgreSQL that the test run started. Suites keep to schemas of their own. */
export function testDatabaseUrl(): string {
  const url = process.env['TEST_DATABASE_URL'];
  if (!url) throw new Error('TEST_DATABASE_URL is not set: run integration tests through `npm test`, which starts PostgreSQL.');
  return url;
}

export function openTestPool(max = 10): Pool {
  return openPool(testDatabaseUrl(), max);
}

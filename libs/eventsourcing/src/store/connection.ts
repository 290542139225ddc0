import { Pool, types, type PoolConfig } from 'pg';

/**
 * Statements of the log and of views look rows up by arrays of keys, of any length. One plan is right for all of them: go through the
 * keys, each by its index. Planning afresh costs more than running, and a plan that was made while a table
 * was empty would read the whole of it, again and again as it grows; so neither is left to the planner. These settings do not say
 * which side of a join leads, and a table believed empty would: hence `LATERAL (… LIMIT 1)`, which only the keys can lead.
 */
const PLANS = [
  'plan_cache_mode=force_generic_plan',
  ...['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin'].map((way) => `enable_${way}=off`),
];
/** Nobody waits for ever behind a process that holds a lock and stands still: its session is ended when it does nothing within a transaction. */
const PATIENCE = ['lock_timeout=10s', 'idle_in_transaction_session_timeout=5s'];
const SESSION = ['TimeZone=UTC', ...PATIENCE, ...PLANS].map((setting) => `-c ${setting}`).join(' ');
const INT8 = 20;
const INT8_ARRAY = 1016;
const TIMESTAMPTZ = 1184;
/** Nine times out of ten it is spelled like this: three digits behind the point, of which the last is not 0. */
const USUAL = '2010-12-01 08:26:00.123+00';
const POINT = USUAL.indexOf('.');

/**
 * `2010-12-01 08:26:00.5+00`, as PostgreSQL writes it with the session in UTC, to `2010-12-01T08:26:00.500Z`; far cheaper
 * than a Date for something that is only passed on.
 */
export function isoTime(text: string): string {
  if (text.length === USUAL.length && text[POINT] === '.') return `${text.slice(0, 10)}T${text.slice(11, 23)}Z`;
  const [seconds = '', fraction = ''] = text.slice(0, text.lastIndexOf('+')).split('.');
  return `${seconds.replace(' ', 'T')}.${fraction.padEnd(3, '0').slice(0, 3)}Z`;
}

const parsers: Record<number, (text: string) => unknown> = {
  [INT8]: Number,
  [INT8_ARRAY]: (text) => text.slice(1, -1).split(',').map(Number),
  [TIMESTAMPTZ]: isoTime,
};

/** Types as the log wants them: 64-bit integers as numbers (positions and minor units stay far below 2^53), times as ISO text. */
const rowTypes = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers[oid]) ?? (types.getTypeParser(oid, format) as (text: string) => unknown),
};

/**
 * For single statements that may be lost with a power cut, because they are soon said again: leases, notices, how far relays, processes
 * and rebuilds are.
 * Transactions are durable all the same, see `inTransaction`; and the log never uses this.
 */
export const RELAXED = { options: `${SESSION} -c synchronous_commit=off` };

/** A pool apart from TypeORM's, with sessions in UTC. */
export function openPool(connectionString: string, max: number, extra: Partial<PoolConfig> = {}): Pool {
  const pool = new Pool({
    connectionString,
    max,
    types: rowTypes,
    options: SESSION,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    ...extra,
  });
  // A connection that breaks while nothing is asked of it says so here: the pool for those that it keeps, each for itself while it is
  // lent out. The next query meets the same fault and reports it to its caller; without a listener it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

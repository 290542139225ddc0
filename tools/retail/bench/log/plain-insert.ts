import { openPool, schemaOf, type PostgresStore } from '#libs/eventsourcing/parts';
import { closedLoop, type Pace } from '../frame/loops';
import { NOTE_TEXT, SERVICE } from './notes';

type Pool = ReturnType<typeof openPool>;

const TABLE = '"plain".event';
const DATA = JSON.stringify({ text: NOTE_TEXT });
const MOST_CONNECTIONS = 8;
const STREAMS = 10_000;
const VERSIONS = 10;

/** Every column of an event, with the type of its array. */
const COLUMNS = {
  lane: 'smallint[]',
  position: 'bigint[]',
  stream: 'text[]',
  version: 'int[]',
  type: 'text[]',
  schema_version: 'smallint[]',
  command_id: 'uuid[]',
  actor: 'text[]',
  happened_at: 'timestamptz[]',
  recorded_at: 'timestamptz[]',
  hash: 'bytea[]',
  data: 'json[]',
};
const NAMES = Object.keys(COLUMNS).join(', ');
const PARAMETERS = Object.values(COLUMNS)
  .map((type, n) => `$${n + 1}::${type}`)
  .join(', ');
const HASH = `\\x${'5a'.repeat(32)}`;

/**
 * What PostgreSQL itself can take: rows like those of the log, in a table like its own with the same indexes, by plain inserts of
 * many rows, without positions to give out, versions to compare, hashes to link or command ids to remember.
 */
export class PlainInsert {
  private next = 0;
  private readonly pool: Pool;

  private constructor(
    url: string,
    private readonly lanes: number,
  ) {
    this.pool = openPool(url, MOST_CONNECTIONS);
  }

  static async open(url: string, { lanes }: PostgresStore): Promise<PlainInsert> {
    const plain = new PlainInsert(url, lanes);
    await plain.pool.query('CREATE SCHEMA "plain"');
    await plain.pool.query(`CREATE TABLE ${TABLE} (LIKE ${schemaOf(SERVICE)}.event INCLUDING ALL)`);
    return plain;
  }

  /** Inserts batches of so many rows for so long, on each connection one after the other; gives the rows. */
  async run(rowsPerBatch: number, seconds: number, connections = 1): Promise<Pace> {
    const batches = await closedLoop(connections, seconds, () => this.insert(rowsPerBatch));
    return { ...batches, done: batches.done * rowsPerBatch, perSecond: batches.perSecond * rowsPerBatch };
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async insert(rows: number): Promise<void> {
    const first = this.next;
    this.next += rows;
    const numbers = Array.from({ length: rows }, (_, n) => first + n);
    const text = `INSERT INTO ${TABLE} (${NAMES}) SELECT * FROM unnest(${PARAMETERS})`;
    await this.pool.query({ name: 'plain-insert', text, values: this.columns(numbers) });
  }

  /** Rows as the log would have them: dense in each lane, each stream ten versions long before new streams begin. */
  private columns(numbers: readonly number[]): unknown[] {
    const now = new Date().toISOString();
    const round = (n: number): number => Math.floor(n / STREAMS);
    const same = (value: unknown): unknown[] => numbers.map(() => value);
    return [
      numbers.map((n) => n % this.lanes),
      numbers.map((n) => Math.floor(n / this.lanes) + 1),
      numbers.map((n) => `notebook:plain-${Math.floor(round(n) / VERSIONS)}-${n % STREAMS}`),
      numbers.map((n) => (round(n) % VERSIONS) + 1),
      ...[same('NoteTaken'), same(1), numbers.map(() => crypto.randomUUID()), same('bench')],
      ...[same(now), same(now), same(HASH), same(DATA)],
    ];
  }
}

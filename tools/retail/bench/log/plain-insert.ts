import { openPool, schemaOf, type PostgresStore } from '#libs/eventsourcing/parts';
import { closedLoop, type Pace } from '../frame/loops';
import { NOTE_TEXT, SERVICE } from './notes';

type Pool = ReturnType<typeof openPool>;

const SEPARATOR = '\u001e';
const TABLE = '"plain".event';
const DATA = JSON.stringify({ text: NOTE_TEXT });
const STREAMS = 10_000;

/**
 * What PostgreSQL itself can take: rows like those of the log, in a table like its own with the same indexes, without positions to
 * give out, versions to compare or hashes to link. Generous to the limit: what is the same in every row is sent once, and data
 * as one text, because an array of JSON would spend its time on quotation marks.
 */
export class PlainInsert {
  private next = 0;
  private readonly pool: Pool;

  private constructor(
    url: string,
    private readonly connections: number,
    private readonly lanes: number,
  ) {
    this.pool = openPool(url, connections);
  }

  static async open(url: string, connections: number, { lanes }: PostgresStore): Promise<PlainInsert> {
    const plain = new PlainInsert(url, connections, lanes);
    await plain.pool.query('CREATE SCHEMA "plain"');
    await plain.pool.query(`CREATE TABLE ${TABLE} (LIKE ${schemaOf(SERVICE)}.event INCLUDING ALL)`);
    return plain;
  }

  /** Inserts batches of so many rows on every connection for so long; gives the rows. */
  async run(rowsPerBatch: number, seconds: number): Promise<Pace> {
    const batches = await closedLoop(this.connections, seconds, () => this.insert(rowsPerBatch));
    return { ...batches, done: batches.done * rowsPerBatch, perSecond: batches.perSecond * rowsPerBatch };
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async insert(rows: number): Promise<void> {
    const first = this.next;
    this.next += rows;
    const numbers = Array.from({ length: rows }, (_, n) => first + n);
    await this.pool.query({
      name: 'plain-insert',
      text: `INSERT INTO ${TABLE} (lane, position, stream, version, type, schema_version, command_id, actor, happened_at,
                                   recorded_at, hash, data)
             SELECT u.lane, u.position, u.stream, u.version, 'NoteTaken', 1, u.command_id, 'bench', u.happened_at, now(),
                    '\\x${'5a'.repeat(32)}', u.data::json
             FROM unnest($1::smallint[], $2::bigint[], $3::text[], $4::int[], $5::uuid[], $6::timestamptz[],
                         string_to_array($7, E'\\x1e')) AS u(lane, position, stream, version, command_id, happened_at, data)`,
      values: this.columns(numbers),
    });
  }

  /** Rows as the log would have them: dense in each lane, each stream ten versions long before new streams begin. */
  private columns(numbers: readonly number[]): unknown[] {
    const now = new Date().toISOString();
    const round = (n: number): number => Math.floor(n / STREAMS);
    return [
      numbers.map((n) => n % this.lanes),
      numbers.map((n) => Math.floor(n / this.lanes) + 1),
      numbers.map((n) => `notebook:plain-${Math.floor(round(n) / 10)}-${n % STREAMS}`),
      numbers.map((n) => (round(n) % 10) + 1),
      numbers.map(() => crypto.randomUUID()),
      numbers.map(() => now),
      numbers.map(() => DATA).join(SEPARATOR),
    ];
  }
}

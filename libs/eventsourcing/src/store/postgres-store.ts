import type { Pool } from 'pg';
import type { StoredEvent } from '../envelope';
import { laneOf } from '../lane';
import { appendCall, appendValues, chainsToCheck, type AppendAnswer, type AppendCall } from './append-call';
import type { Batch, ChainResult, ChainStatus, EventStore, KnownCommand } from './event-store';
import { isUniqueViolation } from './faults';
import { LaneHeads } from './lane-heads';
import { Tail } from './tail';
import { writtenEvents } from './written-events';

type EventRow = Omit<StoredEvent, 'source'>;

/** How many calls look at everything after a unique key was violated. */
const CAREFUL_CALLS = 20;
const ARGUMENTS = 28;

/** The lane log in PostgreSQL: one schema per service, one function call per batch. */
export class PostgresStore implements EventStore {
  private readonly appendSql: string;
  private readonly columns: string;
  private readonly tail: Tail;
  private readonly ends: LaneHeads;
  private carefulCalls = 0;

  /** @param schema the quoted schema name, as in the scripts of `log-schema.ts` */
  constructor(
    readonly source: string,
    private readonly pool: Pool,
    private readonly schema: string,
    readonly lanes: number,
  ) {
    this.tail = new Tail(lanes);
    this.ends = new LaneHeads(lanes);
    this.appendSql = `SELECT conflicts, duplicates, bases, seeds, recorded, hashes FROM ${schema}.append(${parameters(ARGUMENTS)})`;
    this.columns =
      'e.lane, e.position, e.stream, e.version, e.type, e.schema_version AS "schemaVersion", e.command_id AS "commandId", ' +
      `e.actor AS "by", e.happened_at AS "happenedAt", e.recorded_at AS "recordedAt", encode(e.hash, 'hex') AS hash, e.data::text AS data`;
  }

  /** What stands in the way is left out and the rest asked again: at most as often as there are groups, in practice once. */
  async append(batch: Batch): Promise<ChainResult[]> {
    const results: ChainResult[] = batch.chains.map(() => ({ status: 'written', base: 0 }));
    for (const failed = new Set<number>(); ;) {
      const rest = without(batch, failed);
      if (rest.chains.length === 0) return results;
      const call = appendCall(rest.batch, this.ends);
      const { answer, checked } = await this.call(call);
      rest.chains.forEach((n, m) => (results[n] = { status: 'written', base: answer.bases[(call.chainAt[m] ?? 0) - 1] ?? 0 }));
      const { conflicts, duplicates } = answer;
      if (conflicts.length + duplicates.length === 0) {
        this.ends.learn(call, answer);
        writtenEvents(this.source, call, answer).forEach((event) => this.tail.push(event));
        return results;
      }
      const moved = new Set(conflicts.map((m) => rest.chains[checked[m - 1] ?? -1] ?? -1));
      const repeated = new Set(duplicates.map((m) => rest.batch.commands[m - 1]?.group ?? -1));
      fail(batch, { moved, repeated }, { failed, results });
    }
  }

  async load(streams: readonly { stream: string; after: number }[]): Promise<StoredEvent[]> {
    if (streams.length === 0) return [];
    const result = await this.pool.query<EventRow>({
      name: `${this.schema}-load`,
      text: `SELECT ${this.columns} FROM unnest($1::smallint[], $2::text[], $3::int[]) AS w(lane, stream, after)
             JOIN ${this.schema}.event e ON e.lane = w.lane AND e.stream = w.stream AND e.version > w.after
             ORDER BY e.stream, e.version`,
      values: [
        streams.map(({ stream }) => laneOf(stream, this.lanes)),
        streams.map((s) => s.stream),
        streams.map((s) => s.after),
      ],
    });
    return result.rows.map((row) => this.stored(row));
  }

  async commands(ids: readonly string[]): Promise<Map<string, KnownCommand>> {
    if (ids.length === 0) return new Map();
    const result = await this.pool.query<KnownCommand & { id: string }>({
      name: `${this.schema}-commands`,
      text: `SELECT k.command_id AS id, k.stream, k.fingerprint, k.positions
             FROM unnest($1::smallint[], $2::uuid[]) AS w(lane, id)
             JOIN ${this.schema}.command k ON k.lane = w.lane AND k.command_id = w.id`,
      values: [ids.map((id) => laneOf(id, this.lanes)), ids],
    });
    return new Map(result.rows.map(({ id, ...known }) => [id, known]));
  }

  async follow(lane: number, after: number, limit: number): Promise<StoredEvent[]> {
    return this.tail.read(lane, after, limit) ?? (await this.read(lane, after, limit));
  }

  async read(lane: number, after: number, limit: number): Promise<StoredEvent[]> {
    const result = await this.pool.query<EventRow>({
      name: `${this.schema}-read`,
      text: `SELECT ${this.columns} FROM ${this.schema}.event e
             WHERE e.lane = $1 AND e.position > $2 ORDER BY e.position LIMIT $3`,
      values: [lane, after, limit],
    });
    return result.rows.map((row) => this.stored(row));
  }

  async heads(): Promise<number[]> {
    const result = await this.pool.query<{ last_position: number }>({
      name: `${this.schema}-heads`,
      text: `SELECT last_position FROM ${this.schema}.lane ORDER BY lane`,
    });
    return result.rows.map((row) => row.last_position);
  }

  written(lane: number): number {
    return this.tail.last(lane);
  }

  /**
   * Unique keys are trusted to find what is there already. When one has, it does not say who was at fault: everything is
   * looked at then, and for some calls after, because what is repeated is mostly repeated at length.
   */
  private async call(call: AppendCall): Promise<{ answer: AppendAnswer; checked: number[] }> {
    const careful = this.carefulCalls > 0;
    if (careful) this.carefulCalls--;
    try {
      return await this.ask(call, careful);
    } catch (error) {
      if (careful || !isUniqueViolation(error)) throw error;
      this.carefulCalls = CAREFUL_CALLS;
      return this.ask(call, true);
    }
  }

  private async ask(call: AppendCall, careful: boolean): Promise<{ answer: AppendAnswer; checked: number[] }> {
    const checked = chainsToCheck(call.batch, careful);
    const values = appendValues(call, checked, careful);
    const result = await this.pool.query<AppendAnswer>({ name: `${this.schema}-append`, text: this.appendSql, values });
    const [answer] = result.rows;
    if (!answer) throw new Error('The append function gave no answer.');
    return { answer, checked };
  }

  private stored(row: EventRow): StoredEvent {
    return { source: this.source, ...row };
  }
}

/** The part of a batch whose groups have not failed, and which chains of the whole these are. */
function without(batch: Batch, failed: ReadonlySet<number>): { batch: Batch; chains: number[] } {
  const chains = batch.chains.flatMap(({ group }, n) => (failed.has(group) ? [] : [n]));
  if (failed.size === 0) return { batch, chains };
  const commands = batch.commands.flatMap(({ group }, n) => (failed.has(group) ? [] : [n]));
  const chainAt = new Map(chains.map((n, m) => [n, m]));
  const commandAt = new Map(commands.map((n, m) => [n, m]));
  const events = batch.events.flatMap((event) => {
    const [chain, command] = [chainAt.get(event.chain), commandAt.get(event.command)];
    return chain === undefined || command === undefined ? [] : [{ ...event, chain, command }];
  });
  const pick = <T>(all: readonly T[], wanted: readonly number[]): T[] => wanted.flatMap((n) => all.slice(n, n + 1));
  return { batch: { chains: pick(batch.chains, chains), commands: pick(batch.commands, commands), events }, chains };
}

/** Notes which groups have failed, and what that means for each of their chains. */
function fail(
  { chains }: Batch,
  { moved, repeated }: { moved: ReadonlySet<number>; repeated: ReadonlySet<number> },
  { failed, results }: { failed: Set<number>; results: ChainResult[] },
): void {
  const groups = new Set([...repeated, ...[...moved].map((n) => chains[n]?.group ?? -1)]);
  chains.forEach(({ group }, n) => {
    if (!groups.has(group)) return;
    const status: ChainStatus = repeated.has(group) ? 'duplicate' : moved.has(n) ? 'conflict' : 'sibling';
    results[n] = { status, base: 0 };
  });
  groups.forEach((group) => failed.add(group));
}

const parameters = (count: number): string => Array.from({ length: count }, (_, n) => `$${n + 1}`).join(',');

import type { Pool, PoolClient } from 'pg';
import { inTransaction } from './transaction';

/** How far a consumer has come in one lane of one source. */
export interface Checkpoint {
  consumer: string;
  source: string;
  lane: number;
  /** The last position whose effects are in. */
  position: number;
  /** How many repeated events were dropped. */
  absorbed: number;
}

/** A step of a checkpoint; it is taken only if nobody else has moved it from `from`. */
export interface Move {
  consumer: string;
  source: string;
  lane: number;
  from: number;
  to: number;
  absorbed: number;
}

/** Another owner has moved a checkpoint: whatever was done on the old belief must not be kept. */
export class CheckpointMoved extends Error {
  constructor() {
    super('Another instance has moved this checkpoint.');
    this.name = 'CheckpointMoved';
  }
}

/** The checkpoints of one service, moved by compare-and-set so that two owners cannot both win. */
export class Checkpoints {
  constructor(
    private readonly pool: Pool,
    private readonly schema: string,
  ) {}

  /** Makes sure that a consumer has a row for each lane of each source. */
  async ensure(consumer: string, sources: readonly string[], lanes: number): Promise<void> {
    await this.pool.query(
      `INSERT INTO ${this.schema}.checkpoint (lane, consumer, source)
       SELECT lane, $1, source FROM generate_series(0, $2::int - 1) AS lane, unnest($3::text[]) AS source
       ON CONFLICT DO NOTHING`,
      [consumer, lanes, sources],
    );
  }

  async list(client: PoolClient | Pool = this.pool): Promise<Checkpoint[]> {
    const found = await client.query<Checkpoint>(
      `SELECT consumer, source, lane, position, absorbed FROM ${this.schema}.checkpoint ORDER BY consumer, source, lane`,
    );
    return found.rows;
  }

  /**
   * Takes the steps within the caller's transaction.
   * @throws CheckpointMoved when one of them could not be taken
   */
  async advance(client: PoolClient, moves: readonly Move[]): Promise<void> {
    const result = await client.query({
      name: `${this.schema}-advance`,
      text: `UPDATE ${this.schema}.checkpoint c SET position = m.target, absorbed = c.absorbed + m.absorbed
             FROM unnest($1::smallint[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[])
               AS m(lane, consumer, source, origin, target, absorbed)
             WHERE c.lane = m.lane AND c.consumer = m.consumer AND c.source = m.source AND c.position = m.origin`,
      values: [
        moves.map((move) => move.lane),
        moves.map((move) => move.consumer),
        moves.map((move) => move.source),
        moves.map((move) => move.from),
        moves.map((move) => move.to),
        moves.map((move) => move.absorbed),
      ],
    });
    if (result.rowCount !== moves.length) throw new CheckpointMoved();
  }

  /**
   * Moves each checkpoint on that is behind its target, for effects that may be repeated; gives how many were beyond it: another
   * instance has done that work. One statement, that need not be on disk: what a killed database has forgotten of it is done again.
   */
  raise(moves: readonly Move[]): Promise<number> {
    return this.raiseWithin(this.pool, moves);
  }

  /** Moves a checkpoint on together with effects that must not be made twice; they are told up to where they are made already. */
  raiseWith(move: Move, effects: (client: PoolClient, done: number) => Promise<void>): Promise<void> {
    return inTransaction(this.pool, undefined, async (client) => {
      const found = await client.query<{ position: number }>(
        `SELECT position FROM ${this.schema}.checkpoint WHERE lane = $1 AND consumer = $2 AND source = $3 FOR UPDATE`,
        [move.lane, move.consumer, move.source],
      );
      const done = found.rows[0]?.position ?? 0;
      if (done >= move.to) return;
      await effects(client, done);
      await this.raiseWithin(client, [move]);
    });
  }

  private async raiseWithin(client: PoolClient | Pool, moves: readonly Move[]): Promise<number> {
    const result = await client.query<{ beyond: boolean }>({
      name: `${this.schema}-raise`,
      text: `UPDATE ${this.schema}.checkpoint c
             SET position = greatest(c.position, m.target), absorbed = c.absorbed + m.absorbed
             FROM unnest($1::smallint[], $2::text[], $3::text[], $4::bigint[], $5::bigint[])
               AS m(lane, consumer, source, target, absorbed)
             WHERE c.lane = m.lane AND c.consumer = m.consumer AND c.source = m.source
             RETURNING c.position > m.target AS beyond`,
      values: [
        moves.map((move) => move.lane),
        moves.map((move) => move.consumer),
        moves.map((move) => move.source),
        moves.map((move) => move.to),
        moves.map((move) => move.absorbed),
      ],
    });
    return result.rows.filter(({ beyond }) => beyond).length;
  }
}

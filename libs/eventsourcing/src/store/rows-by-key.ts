import type { Pool } from 'pg';

/**
 * Finds rows of views by many keys at once, where that is done often: on connections on which a statement goes through its keys, each
 * by its index (`PLANS` in `connection.ts`), and is parsed and planned once.
 */
export class RowsByKey {
  constructor(private readonly pool: Pool) {}

  /**
   * @param name tells the statement from the service's others
   * @param text begins `SELECT … FROM unnest($1::text[]) AS wanted (…), LATERAL (…)`
   * @param values the keys, a list for each column
   */
  async find<R extends object>(name: string, text: string, values: readonly unknown[][]): Promise<R[]> {
    return (await this.pool.query<R>({ name, text, values: [...values] })).rows;
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CountOpenOrders1700000000009 implements MigrationInterface {
  readonly name = 'CountOpenOrders1700000000009';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE IF NOT EXISTS "inventory"."location_load" (
        location text PRIMARY KEY,
        open_orders bigint NOT NULL
      ) WITH (fillfactor = 50)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE IF EXISTS "inventory"."location_load"');
  }
}

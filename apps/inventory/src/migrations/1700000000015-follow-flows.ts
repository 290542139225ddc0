import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Begins empty; the view reads the whole log, so that what came and went before is in it. */
export class FollowFlows1700000000015 implements MigrationInterface {
  readonly name = 'FollowFlows1700000000015';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE IF NOT EXISTS "inventory"."stock_flow" (
        sku text NOT NULL,
        location text NOT NULL,
        received bigint NOT NULL,
        returned bigint NOT NULL,
        found bigint NOT NULL,
        arrived bigint NOT NULL,
        sold bigint NOT NULL,
        lost bigint NOT NULL,
        sent bigint NOT NULL,
        announced bigint NOT NULL,
        lost_in_transit bigint NOT NULL,
        PRIMARY KEY (sku, location))`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE IF EXISTS "inventory"."stock_flow"');
  }
}

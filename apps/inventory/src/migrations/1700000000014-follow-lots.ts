import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nothing that came in before said of which lot it was. */
export class FollowLots1700000000014 implements MigrationInterface {
  readonly name = 'FollowLots1700000000014';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE IF NOT EXISTS "inventory"."lot_stock" (
        sku text NOT NULL,
        lot text NOT NULL,
        location text NOT NULL,
        expires_on text,
        units bigint NOT NULL,
        kept bigint NOT NULL,
        PRIMARY KEY (sku, lot, location))`);
    await db.query(`
      CREATE INDEX IF NOT EXISTS lot_expiring ON "inventory"."lot_stock" (expires_on, location, sku, lot) WHERE units > kept`);
    await db.query(`
      CREATE TABLE IF NOT EXISTS "inventory"."lot_trace" (
        sku text NOT NULL,
        lot text NOT NULL,
        kind text NOT NULL,
        id text NOT NULL,
        location text NOT NULL,
        quantity bigint NOT NULL,
        left_at timestamptz NOT NULL,
        PRIMARY KEY (sku, lot, kind, id, location))`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE IF EXISTS "inventory"."lot_trace"');
    await db.query('DROP TABLE IF EXISTS "inventory"."lot_stock"');
  }
}

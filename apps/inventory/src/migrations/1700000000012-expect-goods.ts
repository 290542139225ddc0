import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nothing was expected by the books until now. */
export class ExpectGoods1700000000012 implements MigrationInterface {
  readonly name = 'ExpectGoods1700000000012';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE IF NOT EXISTS "inventory"."purchase_order" (
        id text PRIMARY KEY,
        status text NOT NULL,
        supplier text NOT NULL,
        location text NOT NULL,
        ordered bigint NOT NULL,
        received bigint NOT NULL,
        outstanding bigint NOT NULL,
        "over" bigint NOT NULL,
        placed_at timestamptz NOT NULL,
        expected_at timestamptz NOT NULL)`);
    await db.query(`
      CREATE INDEX IF NOT EXISTS purchase_order_by_status ON "inventory"."purchase_order" (status, expected_at, id)`);
    await db.query(`
      CREATE TABLE IF NOT EXISTS "inventory"."inbound" (
        sku text NOT NULL,
        location text NOT NULL,
        document text NOT NULL,
        quantity bigint NOT NULL,
        expected_at timestamptz,
        PRIMARY KEY (sku, location, document))`);
    await db.query(`
      CREATE INDEX IF NOT EXISTS inbound_open ON "inventory"."inbound" (sku, location) WHERE quantity > 0`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE IF EXISTS "inventory"."purchase_order", "inventory"."inbound"');
  }
}

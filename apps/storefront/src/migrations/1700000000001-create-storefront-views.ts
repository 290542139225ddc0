import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateStorefrontViews1700000000001 implements MigrationInterface {
  readonly name = 'CreateStorefrontViews1700000000001';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE IF NOT EXISTS "storefront"."product" (
        sku text PRIMARY KEY,
        name text NOT NULL,
        kind text NOT NULL,
        amount_minor bigint NOT NULL,
        currency text NOT NULL,
        base_quantity int NOT NULL
      )`);
    await db.query(`
      CREATE TABLE IF NOT EXISTS "storefront"."online_order" (
        id text PRIMARY KEY,
        customer text NOT NULL,
        status text NOT NULL,
        reason text,
        payment text NOT NULL,
        total_minor bigint NOT NULL,
        currency text NOT NULL,
        location text,
        placed_at timestamptz NOT NULL
      ) WITH (fillfactor = 70)`);
    await db.query(`
      CREATE INDEX IF NOT EXISTS online_order_newest ON "storefront"."online_order" (placed_at DESC, id DESC)`);
    await db.query(`
      CREATE INDEX IF NOT EXISTS online_order_of_customer ON "storefront"."online_order" (customer, placed_at DESC, id DESC)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE IF EXISTS "storefront"."online_order", "storefront"."product"');
  }
}

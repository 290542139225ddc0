import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateLingshoutongViews1700000000001 implements MigrationInterface {
  readonly name = 'CreateLingshoutongViews1700000000001';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE IF NOT EXISTS "lingshoutong"."price_list" (
        sku text PRIMARY KEY,
        name text NOT NULL,
        kind text NOT NULL,
        amount_minor bigint NOT NULL,
        currency text NOT NULL,
        base_quantity int NOT NULL
      )`);
    await db.query(`
      CREATE TABLE IF NOT EXISTS "lingshoutong"."shop" (
        id text PRIMARY KEY,
        name text NOT NULL,
        latitude double precision NOT NULL,
        longitude double precision NOT NULL
      )`);
    await db.query(`
      CREATE TABLE IF NOT EXISTS "lingshoutong"."supply_order" (
        id text PRIMARY KEY,
        shop text NOT NULL,
        status text NOT NULL,
        location text,
        lines int NOT NULL,
        units bigint NOT NULL,
        total_minor bigint NOT NULL,
        currency text NOT NULL,
        submitted_at timestamptz NOT NULL
      )`);
    await db.query('CREATE INDEX IF NOT EXISTS supply_order_latest ON "lingshoutong"."supply_order" (submitted_at, id)');
    await db.query('CREATE INDEX IF NOT EXISTS supply_order_of_shop ON "lingshoutong"."supply_order" (shop, submitted_at, id)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE IF EXISTS "lingshoutong"."supply_order", "lingshoutong"."shop", "lingshoutong"."price_list"');
  }
}

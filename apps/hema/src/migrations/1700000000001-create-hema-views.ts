import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateHemaViews1700000000001 implements MigrationInterface {
  readonly name = 'CreateHemaViews1700000000001';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE IF NOT EXISTS "hema"."price_list" (
        sku text PRIMARY KEY,
        name text NOT NULL,
        kind text NOT NULL,
        amount_minor bigint NOT NULL,
        currency text NOT NULL,
        base_quantity int NOT NULL
      )`);
    await db.query(`
      CREATE TABLE IF NOT EXISTS "hema"."document" (
        id text PRIMARY KEY,
        kind text NOT NULL,
        shift_id text NOT NULL,
        store text NOT NULL,
        till text NOT NULL,
        number int NOT NULL,
        tender text NOT NULL,
        lines jsonb NOT NULL,
        units bigint NOT NULL,
        total_minor bigint NOT NULL,
        currency text NOT NULL,
        original_sale_id text,
        reason text,
        happened_at timestamptz NOT NULL
      )`);
    await db.query(`
      CREATE TABLE IF NOT EXISTS "hema"."returned" (
        sale_id text NOT NULL,
        sku text NOT NULL,
        quantity bigint NOT NULL,
        PRIMARY KEY (sale_id, sku)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE IF EXISTS "hema"."returned", "hema"."document", "hema"."price_list"');
  }
}

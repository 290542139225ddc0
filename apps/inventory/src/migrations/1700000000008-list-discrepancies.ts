import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Begins empty: what sold below zero before was not said to be a discrepancy. */
export class ListDiscrepancies1700000000008 implements MigrationInterface {
  readonly name = 'ListDiscrepancies1700000000008';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE IF NOT EXISTS "inventory"."discrepancy" (
        sku text NOT NULL,
        location text NOT NULL,
        on_hand bigint NOT NULL,
        sale_id text NOT NULL,
        found_at timestamptz NOT NULL,
        resolved_by text,
        PRIMARY KEY (sku, location))`);
    await db.query(`
      CREATE INDEX IF NOT EXISTS discrepancy_open ON "inventory"."discrepancy" (location, sku) WHERE resolved_by IS NULL`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE IF EXISTS "inventory"."discrepancy"');
  }
}

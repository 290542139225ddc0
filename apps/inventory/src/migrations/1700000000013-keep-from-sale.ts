import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nothing was kept from sale until now. */
export class KeepFromSale1700000000013 implements MigrationInterface {
  readonly name = 'KeepFromSale1700000000013';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE "inventory"."availability" ADD COLUMN IF NOT EXISTS quarantined bigint NOT NULL DEFAULT 0`);
    await db.query(`
      CREATE TABLE IF NOT EXISTS "inventory"."quarantine" (
        id text PRIMARY KEY,
        location text NOT NULL,
        reason text NOT NULL,
        units bigint NOT NULL,
        kept bigint NOT NULL,
        opened_at timestamptz NOT NULL)`);
    await db.query(`
      CREATE INDEX IF NOT EXISTS quarantine_open ON "inventory"."quarantine" (opened_at, id) WHERE kept > 0`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE IF EXISTS "inventory"."quarantine"');
    await db.query('ALTER TABLE "inventory"."availability" DROP COLUMN IF EXISTS quarantined');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nothing was in transit between places until now. */
export class FollowTransfers1700000000011 implements MigrationInterface {
  readonly name = 'FollowTransfers1700000000011';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE "inventory"."availability" ADD COLUMN IF NOT EXISTS in_transit bigint NOT NULL DEFAULT 0`);
    await db.query(`
      CREATE TABLE IF NOT EXISTS "inventory"."transfer" (
        id text PRIMARY KEY,
        status text NOT NULL,
        from_location text NOT NULL,
        to_location text NOT NULL,
        units bigint NOT NULL,
        received bigint NOT NULL,
        lost bigint NOT NULL,
        in_transit bigint NOT NULL,
        begun_at timestamptz NOT NULL,
        expected_at timestamptz)`);
    await db.query(`
      CREATE INDEX IF NOT EXISTS transfer_by_status ON "inventory"."transfer" (status, begun_at, id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE IF EXISTS "inventory"."transfer"');
    await db.query('ALTER TABLE "inventory"."availability" DROP COLUMN IF EXISTS in_transit');
  }
}

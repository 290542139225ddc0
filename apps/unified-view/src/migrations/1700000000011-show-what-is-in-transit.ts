import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nothing was in transit between places until now. */
export class ShowWhatIsInTransit1700000000011 implements MigrationInterface {
  readonly name = 'ShowWhatIsInTransit1700000000011';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE "unified_view"."stock" ADD COLUMN IF NOT EXISTS in_transit bigint NOT NULL DEFAULT 0`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE "unified_view"."stock" DROP COLUMN IF EXISTS in_transit');
  }
}

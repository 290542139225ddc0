import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nothing was kept from sale until now. */
export class ShowWhatIsKeptFromSale1700000000013 implements MigrationInterface {
  readonly name = 'ShowWhatIsKeptFromSale1700000000013';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE "unified_view"."stock" ADD COLUMN IF NOT EXISTS quarantined bigint NOT NULL DEFAULT 0`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE "unified_view"."stock" DROP COLUMN IF EXISTS quarantined');
  }
}

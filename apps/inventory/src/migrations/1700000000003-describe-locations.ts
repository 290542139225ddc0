import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Places that are known already can do what a place of their kind can do, until they are said anew. */
export class DescribeLocations1700000000003 implements MigrationInterface {
  readonly name = 'DescribeLocations1700000000003';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE "inventory"."location"
        ADD COLUMN IF NOT EXISTS capabilities jsonb NOT NULL DEFAULT '["ships"]',
        ADD COLUMN IF NOT EXISTS profile jsonb NOT NULL DEFAULT '{}'`);
    await db.query(`
      UPDATE "inventory"."location" SET capabilities = CASE kind
        WHEN 'store' THEN '["ships", "pickup", "thirty-minute", "chilled"]'::jsonb
        WHEN 'corner-shop' THEN '["ships", "pickup"]'
        WHEN 'locker' THEN '["pickup"]'
        ELSE '["ships"]' END`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE "inventory"."location" DROP COLUMN IF EXISTS capabilities, DROP COLUMN IF EXISTS profile');
  }
}

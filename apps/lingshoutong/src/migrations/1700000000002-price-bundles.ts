import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PriceBundles1700000000002 implements MigrationInterface {
  readonly name = 'PriceBundles1700000000002';

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE "lingshoutong"."price_list" ADD COLUMN IF NOT EXISTS components jsonb');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE "lingshoutong"."price_list" DROP COLUMN IF EXISTS components');
  }
}

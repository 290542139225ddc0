import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ListBundles1700000000002 implements MigrationInterface {
  readonly name = 'ListBundles1700000000002';

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE "storefront"."product" ADD COLUMN IF NOT EXISTS components jsonb');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE "storefront"."product" DROP COLUMN IF EXISTS components');
  }
}

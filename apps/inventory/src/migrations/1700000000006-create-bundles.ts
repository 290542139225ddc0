import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateBundles1700000000006 implements MigrationInterface {
  readonly name = 'CreateBundles1700000000006';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE IF NOT EXISTS "inventory"."bundle" (
        sku text PRIMARY KEY,
        components jsonb NOT NULL
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE IF EXISTS "inventory"."bundle"');
  }
}

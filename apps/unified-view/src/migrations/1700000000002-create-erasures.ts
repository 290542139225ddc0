import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateErasures1700000000002 implements MigrationInterface {
  readonly name = 'CreateErasures1700000000002';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE IF NOT EXISTS "unified_view"."erasure" (
        customer text PRIMARY KEY,
        erased_at timestamptz NOT NULL
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE IF EXISTS "unified_view"."erasure"');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nothing but what is available was promised by anybody until now. */
export class PromiseByChannel1700000000007 implements MigrationInterface {
  readonly name = 'PromiseByChannel1700000000007';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE "inventory"."availability"
        ADD COLUMN IF NOT EXISTS policy jsonb,
        ADD COLUMN IF NOT EXISTS promised jsonb`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE "inventory"."availability" DROP COLUMN IF EXISTS policy, DROP COLUMN IF EXISTS promised');
  }
}

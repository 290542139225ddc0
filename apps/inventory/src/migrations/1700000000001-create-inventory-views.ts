import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateInventoryViews1700000000001 implements MigrationInterface {
  readonly name = 'CreateInventoryViews1700000000001';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE IF NOT EXISTS "inventory"."availability" (
        sku text NOT NULL,
        location text NOT NULL,
        on_hand bigint NOT NULL,
        reserved bigint NOT NULL,
        available bigint NOT NULL,
        PRIMARY KEY (sku, location)
      ) WITH (fillfactor = 70)`);
    await db.query(`
      CREATE TABLE IF NOT EXISTS "inventory"."location" (
        id text PRIMARY KEY,
        name text NOT NULL,
        kind text NOT NULL,
        latitude double precision NOT NULL,
        longitude double precision NOT NULL
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE IF EXISTS "inventory"."availability", "inventory"."location"');
  }
}

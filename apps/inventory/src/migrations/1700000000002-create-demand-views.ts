import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDemandViews1700000000002 implements MigrationInterface {
  readonly name = 'CreateDemandViews1700000000002';

  async up(db: QueryRunner): Promise<void> {
    // No index on what changes with every order, so that an update stays on its page.
    await db.query(`
      CREATE TABLE IF NOT EXISTS "inventory"."daily_demand" (
        area text NOT NULL,
        day text NOT NULL,
        sku text NOT NULL,
        units bigint NOT NULL,
        movements bigint NOT NULL,
        recorded bigint NOT NULL,
        PRIMARY KEY (area, day, sku)
      ) WITH (fillfactor = 70)`);
    await db.query('CREATE INDEX IF NOT EXISTS "daily_demand_of_sku" ON "inventory"."daily_demand" (sku, day)');
    await db.query(`
      CREATE TABLE IF NOT EXISTS "inventory"."trading_day" (
        area text NOT NULL,
        day text NOT NULL,
        movements bigint NOT NULL,
        recorded_movements bigint NOT NULL,
        units bigint NOT NULL,
        PRIMARY KEY (area, day)
      ) WITH (fillfactor = 70)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE IF EXISTS "inventory"."daily_demand", "inventory"."trading_day"');
  }
}

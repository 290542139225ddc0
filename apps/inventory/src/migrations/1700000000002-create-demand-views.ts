import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDemandViews1700000000002 implements MigrationInterface {
  readonly name = 'CreateDemandViews1700000000002';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE IF NOT EXISTS "inventory"."daily_demand" (
        sku text NOT NULL,
        area text NOT NULL,
        day text NOT NULL,
        units bigint NOT NULL,
        recorded bigint NOT NULL,
        PRIMARY KEY (sku, area, day)
      ) WITH (fillfactor = 70)`);
    // As small as what is not recorded yet: a day or two.
    await db.query(`
      CREATE INDEX IF NOT EXISTS "daily_demand_unrecorded" ON "inventory"."daily_demand" (day, area)
      WHERE greatest(units, 0) <> recorded`);
    await db.query(`
      CREATE TABLE IF NOT EXISTS "inventory"."trading_day" (
        area text NOT NULL,
        day text NOT NULL,
        units bigint NOT NULL,
        PRIMARY KEY (area, day)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE IF EXISTS "inventory"."daily_demand", "inventory"."trading_day"');
  }
}

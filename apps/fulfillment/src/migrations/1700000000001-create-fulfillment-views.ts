import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateFulfillmentViews1700000000001 implements MigrationInterface {
  readonly name = 'CreateFulfillmentViews1700000000001';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE IF NOT EXISTS "fulfillment"."shipment" (
        id text PRIMARY KEY,
        status text NOT NULL,
        location text NOT NULL,
        lines jsonb NOT NULL,
        deliver_to jsonb NOT NULL,
        carrier text,
        created_at timestamptz NOT NULL
      ) WITH (fillfactor = 70)`);
    await db.query('CREATE INDEX IF NOT EXISTS shipment_by_age ON "fulfillment"."shipment" (created_at, id)');
    // What is to be packed is few among all that ever was.
    await db.query(`
      CREATE INDEX IF NOT EXISTS shipment_to_pack ON "fulfillment"."shipment" (location, created_at, id)
      WHERE status = 'created'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE IF EXISTS "fulfillment"."shipment"');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where a parcel goes and who takes it is sealed text. */
export class SealDelivery1700000000002 implements MigrationInterface {
  readonly name = 'SealDelivery1700000000002';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE "fulfillment"."shipment"
        ALTER COLUMN deliver_to TYPE text USING deliver_to #>> '{}',
        ADD COLUMN IF NOT EXISTS recipient text`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE "fulfillment"."shipment"
        ALTER COLUMN deliver_to TYPE jsonb USING to_jsonb(deliver_to),
        DROP COLUMN IF EXISTS recipient`);
  }
}

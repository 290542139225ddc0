import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PackAtSeveralPlaces1700000000003 implements MigrationInterface {
  readonly name = 'PackAtSeveralPlaces1700000000003';

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE "fulfillment"."shipment" ADD COLUMN IF NOT EXISTS parcels jsonb');
    // Few orders are cut, and of those few wait.
    await db.query(`
      CREATE INDEX IF NOT EXISTS shipment_parcels_to_pack ON "fulfillment"."shipment" USING gin (parcels jsonb_path_ops)
      WHERE parcels IS NOT NULL AND status = 'created'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE "fulfillment"."shipment" DROP COLUMN IF EXISTS parcels');
  }
}

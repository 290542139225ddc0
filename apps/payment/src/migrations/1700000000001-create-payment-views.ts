import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePaymentViews1700000000001 implements MigrationInterface {
  readonly name = 'CreatePaymentViews1700000000001';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE IF NOT EXISTS "payment"."payment" (
        order_id text PRIMARY KEY,
        customer text NOT NULL,
        status text NOT NULL,
        amount_minor bigint NOT NULL,
        refunded_minor bigint NOT NULL,
        currency text NOT NULL,
        asked_at timestamptz NOT NULL
      ) WITH (fillfactor = 70)`);
    await db.query(`
      CREATE INDEX IF NOT EXISTS payment_latest ON "payment"."payment" (asked_at DESC, order_id DESC)`);
    await db.query(`
      CREATE TABLE IF NOT EXISTS "payment"."refund" (
        return_id text PRIMARY KEY,
        order_id text,
        customer text NOT NULL,
        amount_minor bigint NOT NULL,
        currency text NOT NULL,
        refunded_at timestamptz NOT NULL
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE IF EXISTS "payment"."refund", "payment"."payment"');
  }
}

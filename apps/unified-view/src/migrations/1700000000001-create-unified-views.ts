import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateUnifiedViews1700000000001 implements MigrationInterface {
  readonly name = 'CreateUnifiedViews1700000000001';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE IF NOT EXISTS "unified_view"."sale_entry" (
        id text PRIMARY KEY,
        kind text NOT NULL,
        channel text,
        document text NOT NULL,
        customer text,
        documents int NOT NULL,
        lines int NOT NULL,
        units bigint NOT NULL,
        amount_minor bigint NOT NULL,
        currency text,
        happened_at timestamptz NOT NULL,
        recorded_at timestamptz NOT NULL
      )`);
    await db.query(`CREATE INDEX IF NOT EXISTS sale_entry_happened ON "unified_view"."sale_entry" (happened_at)`);
    await db.query(`
      CREATE TABLE IF NOT EXISTS "unified_view"."order_book" (
        id text PRIMARY KEY,
        kind text,
        channel text,
        customer text,
        status text,
        reason text,
        location text,
        till text,
        original_id text,
        line_count int NOT NULL,
        units bigint NOT NULL,
        returned_units bigint NOT NULL,
        total_minor bigint NOT NULL,
        currency text,
        placed_at timestamptz,
        payment text,
        authorized_minor bigint NOT NULL,
        captured_minor bigint NOT NULL,
        refunded_minor bigint NOT NULL,
        shipment text,
        carrier text
      ) WITH (fillfactor = 70)`);
    await db.query(`
      CREATE INDEX IF NOT EXISTS order_book_newest ON "unified_view"."order_book" (placed_at DESC, id DESC)`);
    await db.query(`
      CREATE INDEX IF NOT EXISTS order_book_of_customer
        ON "unified_view"."order_book" (customer, placed_at DESC, id DESC)`);
    await db.query(`
      CREATE TABLE IF NOT EXISTS "unified_view"."order_lines" (id text PRIMARY KEY, lines jsonb NOT NULL)`);
    await db.query(`
      CREATE TABLE IF NOT EXISTS "unified_view"."stock" (
        sku text NOT NULL,
        location text NOT NULL,
        on_hand bigint NOT NULL,
        reserved bigint NOT NULL,
        net_change bigint NOT NULL,
        PRIMARY KEY (sku, location)
      ) WITH (fillfactor = 70)`);
    await db.query(`
      CREATE TABLE IF NOT EXISTS "unified_view"."customer" (
        id text PRIMARY KEY,
        first_seen timestamptz NOT NULL,
        last_seen timestamptz NOT NULL,
        by_kind jsonb NOT NULL
      ) WITH (fillfactor = 70)`);
    await db.query(`
      CREATE TABLE IF NOT EXISTS "unified_view"."location" (
        id text PRIMARY KEY,
        name text NOT NULL,
        kind text NOT NULL,
        latitude double precision NOT NULL,
        longitude double precision NOT NULL
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    const tables = ['sale_entry', 'order_book', 'order_lines', 'stock', 'customer', 'location'];
    await db.query(`DROP TABLE IF EXISTS ${tables.map((table) => `"unified_view"."${table}"`).join(', ')}`);
  }
}

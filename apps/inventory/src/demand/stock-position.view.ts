import type { EntityManager } from 'typeorm';
import type { StockPosition } from './replenishment';

/** What is available of some SKUs and what is on its way, place by place, with where the places are. */
export class FindStockPositions {
  constructor(readonly skus: readonly string[]) {}
}

/** A place that has never had a SKU and waits for it is one of its places. */
const POSITIONS = `
  WITH stock AS (
    SELECT sku, location, available, 0 AS inbound FROM inventory.availability WHERE sku = ANY ($1::text[])
    UNION ALL
    SELECT sku, location, 0, quantity FROM inventory.inbound WHERE sku = ANY ($1::text[]) AND quantity > 0)
  SELECT stock.sku, place.id AS location, place.kind, place.latitude, place.longitude,
         sum(stock.available)::bigint AS available, sum(stock.inbound)::bigint AS inbound
  FROM stock JOIN inventory.location place ON place.id = stock.location
  GROUP BY stock.sku, place.id
  ORDER BY stock.sku, place.id`;

export const findStockPositions = async ({ skus }: FindStockPositions, db: EntityManager): Promise<StockPosition[]> =>
  db.query<StockPosition[]>(POSITIONS, [skus]);

import type { EntityManager } from 'typeorm';
import type { StockPosition } from './replenishment';

/** What is available of some SKUs, place by place, with where the places are. */
export class FindStockPositions {
  constructor(readonly skus: readonly string[]) {}
}

const POSITIONS = `
  SELECT stock.sku, place.id AS location, place.kind, place.latitude, place.longitude, stock.available
  FROM inventory.availability stock JOIN inventory.location place ON place.id = stock.location
  WHERE stock.sku = ANY ($1::text[])
  ORDER BY stock.sku, place.id`;

export const findStockPositions = async ({ skus }: FindStockPositions, db: EntityManager): Promise<StockPosition[]> =>
  db.query<StockPosition[]>(POSITIONS, [skus]);

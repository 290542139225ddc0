import type { DocumentTotals, GeoPoint, StockLine, TradeLine } from './values';

/** Stream `shop:<id>` of `lingshoutong`: the corner shops; each becomes a stock location of the same id. */
export interface ShopEvents {
  ShopRegistered: GeoPoint & { shop: string; name: string };
  ShopChanged: GeoPoint & { shop: string; name: string };
}

interface SupplyOrder {
  supplyOrderId: string;
  shop: string;
}

/** Stream `supply-order:<id>` of `lingshoutong`: a corner shop restocking from the platform. */
export interface SupplyOrderEvents {
  /** The shop asked for goods. Inventory allocates next. */
  SupplyOrderSubmitted: SupplyOrder & { lines: TradeLine[]; totals: DocumentTotals; deliverTo: GeoPoint };
  /** Inventory holds every line at `location`: the sale to the shop stands. */
  SupplyOrderAccepted: SupplyOrder & { location: string; lines: TradeLine[]; totals: DocumentTotals };
  /** Inventory holds the lines at another place now, because the one before could not give them. */
  SupplyOrderRelocated: SupplyOrder & { location: string };
  /** Inventory could not hold every line; nothing is owed. */
  SupplyOrderRejected: SupplyOrder & { reason: 'out-of-stock'; detail: string };
  /** The goods left the platform's location. */
  SupplyOrderShipped: SupplyOrder & { location: string; lines: StockLine[] };
  /** The shop counted the goods in; they are on its shelf now. */
  SupplyOrderReceived: SupplyOrder & { lines: StockLine[] };
}

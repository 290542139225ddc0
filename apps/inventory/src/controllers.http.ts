import { AdjustmentsHttp } from './adjustments/adjustments.http';
import { ConservationHttp } from './conservation/conservation.http';
import { CountsHttp } from './counts/counts.http';
import { DemandHttp } from './demand/demand.http';
import { ReplenishmentHttp } from './demand/replenishment.http';
import { DiscrepanciesHttp } from './discrepancies/discrepancies.http';
import { ExplainHttp } from './history/explain.http';
import { ImportLocationsHttp } from './locations/import-locations.http';
import { LocationsHttp } from './locations/locations.http';
import { LotsHttp } from './lots/lots.http';
import { InboundHttp } from './inbound/inbound.http';
import { AtpHttp } from './promises/atp.http';
import { PoliciesHttp } from './promises/policies.http';
import { PurchaseOrdersHttp } from './purchases/purchase-orders.http';
import { QuarantinesHttp } from './quarantine/quarantines.http';
import { ReceiptsHttp } from './receipts/receipts.http';
import { ReservationsHttp } from './reservations/reservations.http';
import { SourcingRulesHttp } from './sourcing/sourcing-rules.http';
import { SourcingHttp } from './sourcing/sourcing.http';
import { StockHttp } from './stock/stock.http';
import { TransfersHttp } from './transfers/transfers.http';

/** Every route of the service. What is fixed in a path comes before what is a parameter there: `:sku/explain` before `:sku/:location`. */
export const CONTROLLERS = [
  LocationsHttp,
  ImportLocationsHttp,
  ReceiptsHttp,
  AdjustmentsHttp,
  CountsHttp,
  DiscrepanciesHttp,
  QuarantinesHttp,
  LotsHttp,
  ConservationHttp,
  ExplainHttp,
  StockHttp,
  ReservationsHttp,
  SourcingHttp,
  SourcingRulesHttp,
  PoliciesHttp,
  AtpHttp,
  DemandHttp,
  ReplenishmentHttp,
  TransfersHttp,
  PurchaseOrdersHttp,
  InboundHttp,
];

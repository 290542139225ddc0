import { answers } from '#libs/eventsourcing';
import { FindAccounts, findAccounts, ReadAccounts, readAccounts } from './conservation/stock-flow.view';
import { findDemand, FindDemand, listDemandedSkus, ListDemandedSkus } from './demand/daily-demand.view';
import { findStockPositions, FindStockPositions } from './demand/stock-position.view';
import {
  findLastRecordedDay,
  FindLastRecordedDay,
  findTradingDays,
  FindTradingDays,
  findUnrecordedDays,
  FindUnrecordedDays,
} from './demand/trading-day.view';
import { findInbound, FindInbound } from './inbound/inbound.view';
import { listLocations, ListLocations } from './locations/location.view';
import { ListDiscrepancies, listDiscrepancies } from './discrepancies/discrepancy.view';
import { listPurchaseOrders, ListPurchaseOrders } from './purchases/purchase-order.view';
import { FindLot, findLot, ListExpiringLots, listExpiringLots } from './lots/lot-stock.view';
import { TraceLot, traceLot } from './lots/lot-trace.view';
import { listQuarantines, ListQuarantines } from './quarantine/quarantine.view';
import { findAvailability, FindAvailability } from './stock/availability.view';
import { listTransfers, ListTransfers } from './transfers/transfer.view';

/** What the service answers from its own tables. */
export const QUERIES = [
  ...[answers(ListLocations, listLocations), answers(FindAvailability, findAvailability)],
  ...[answers(FindDemand, findDemand), answers(FindUnrecordedDays, findUnrecordedDays)],
  ...[answers(ListDemandedSkus, listDemandedSkus), answers(FindStockPositions, findStockPositions)],
  ...[answers(ListDiscrepancies, listDiscrepancies), answers(ListTransfers, listTransfers)],
  answers(ListQuarantines, listQuarantines),
  ...[answers(ListExpiringLots, listExpiringLots), answers(FindLot, findLot), answers(TraceLot, traceLot)],
  ...[answers(ReadAccounts, readAccounts), answers(FindAccounts, findAccounts)],
  ...[answers(ListPurchaseOrders, listPurchaseOrders), answers(FindInbound, findInbound)],
  ...[answers(FindTradingDays, findTradingDays), answers(FindLastRecordedDay, findLastRecordedDay)],
];

import { Module } from '@nestjs/common';
import { stockedLines } from '#libs/contracts';
import { begins, eventSourced, handles, spans } from '#libs/eventsourcing';
import { NeedsKeys } from '#libs/platform';
import { adjustment } from './adjustments/adjustment';
import { AdjustStock, adjustStock, movingLines } from './adjustments/adjust-stock';
import { ConservationWatch } from './conservation/conservation-watch.timer';
import { stockFlowView } from './conservation/stock-flow.view';
import { CONTROLLERS } from './controllers.http';
import { booksAt } from './counts/books-at.provider';
import { countedStocks, RecordCount, recordCount } from './counts/record-count';
import { CloseOfDay } from './demand/close-of-day.timer';
import { dailyDemand, demandId } from './demand/daily-demand';
import { dailyDemandView, demandSoFar } from './demand/daily-demand.view';
import { RecordDailyDemand, recordDailyDemand } from './demand/record-daily-demand';
import { tradingDayView } from './demand/trading-day.view';
import { StockHistory } from './history/stock-history.provider';
import { inboundView } from './inbound/inbound.view';
import { FollowShop, followShop } from './locations/follow-shop';
import { location } from './locations/location';
import { locationView } from './locations/location.view';
import { RegisterLocation, registerLocation } from './locations/register-location';
import { shopsAreLocations } from './locations/shops.process';
import { discrepancyView } from './discrepancies/discrepancy.view';
import { ExpiredLots } from './lots/expired-lots.timer';
import { KeepLot, keepLot, keptLotStreams } from './lots/keep-lot';
import { lotStockView } from './lots/lot-stock.view';
import { lotTraceView } from './lots/lot-trace.view';
import { MIGRATIONS } from './migrations/in-order';
import { followerStreams, FollowSkuPolicy, followSkuPolicy } from './promises/follow-sku-policy';
import { placesOf } from './promises/places.view';
import { placesFollowSkuPolicies } from './promises/policies.process';
import { promisePolicy } from './promises/promise-policy';
import {
  policyStreams,
  SetPlacePolicy,
  setPlacePolicy,
  WithdrawPlacePolicy,
  withdrawPlacePolicy,
} from './promises/set-place-policy';
import { SetSkuPolicy, setSkuPolicy, WithdrawSkuPolicy, withdrawSkuPolicy } from './promises/set-sku-policy';
import { CancelPurchaseOrder, cancelPurchaseOrder } from './purchases/cancel-purchase-order';
import { ChangePurchaseOrder, changePurchaseOrder } from './purchases/change-purchase-order';
import { orderStreams, PlacePurchaseOrder, placePurchaseOrder } from './purchases/place-purchase-order';
import { purchaseOrder } from './purchases/purchase-order';
import { purchaseOrderView } from './purchases/purchase-order.view';
import { deliveryStreams, ReceivePurchaseOrder, receivePurchaseOrder } from './purchases/receive-purchase-order';
import { thePurchaseOrder } from './purchases/the-purchase-order.view';
import { quarantineStock, QuarantineStock, quarantineStreams } from './quarantine/quarantine-stock';
import { quarantineView } from './quarantine/quarantine.view';
import {
  ReleaseQuarantine,
  releaseQuarantine,
  ScrapQuarantine,
  scrapQuarantine,
  settledStreams,
} from './quarantine/settle-quarantine';
import { theQuarantine } from './quarantine/the-quarantine.view';
import { QUERIES } from './queries.view';
import { receipt } from './receipts/receipt';
import { ReceiveGoods, receiveGoods } from './receipts/receive-goods';
import { ShelveSupplyOrder, shelveSupplyOrder } from './receipts/shelve-supply-order';
import { supplyFillsShelves } from './receipts/supply.process';
import { AllocateOrder, allocateOrder } from './reservations/allocate-order';
import { bundleBook, bundleView } from './reservations/bundle.view';
import { CancelReservation, cancelReservation } from './reservations/cancel-reservation';
import { choiceFor, claimed } from './reservations/choice.view';
import { ClaimReservation, claimReservation, claimStreams } from './reservations/claim-reservation';
import { CommitReservation, commitReservation } from './reservations/commit-reservation';
import { ExpireReservation, expireReservation } from './reservations/expire-reservation';
import { reservationsExpire } from './reservations/expiry.process';
import { ExtendReservation, extendReservation } from './reservations/extend-reservation';
import { stocksHeld, stocksOf, theReservation } from './reservations/held.view';
import { HoldNearby, holdNearby } from './reservations/hold-nearby';
import { onlineOrdersHoldStock } from './reservations/online-orders.process';
import { ReleaseReservation, releaseReservation } from './reservations/release-reservation';
import { reservation } from './reservations/reservation';
import { choiceStreams, ReserveStock, reserveStock } from './reservations/reserve-stock';
import { shipmentsTakeStock } from './reservations/shipments.process';
import { ShipParcel, shipParcel } from './reservations/ship-parcel';
import { ShipReservation, shipReservation } from './reservations/ship-reservation';
import { movingStreams, SourceAgain, sourceAgain } from './reservations/source-again';
import { supplyOrdersHoldStock } from './reservations/supply-orders.process';
import { everyPlace, placesNearby } from './sourcing/carriers.view';
import { whereElse } from './sourcing/elsewhere.view';
import { locationLoadView } from './sourcing/location-load.view';
import { ruleBook } from './sourcing/rule-book.provider';
import { SetSourcingRule, setSourcingRule } from './sourcing/set-sourcing-rule';
import { sourcingRule } from './sourcing/sourcing-rule';
import { stockMap } from './sourcing/stock-map.view';
import { availabilityView } from './stock/availability.view';
import { counterMovesStock } from './stock/counter.process';
import { returnedStreams, ReturnToStock, returnToStock } from './stock/return-to-stock';
import { returnsRestock } from './stock/returns.process';
import { SellAtCounter, sellAtCounter } from './stock/sell-at-counter';
import { stock, stockAt, stockId } from './stock/stock';
import { CancelTransfer, cancelTransfer } from './transfers/cancel-transfer';
import { DispatchTransfer, dispatchStreams, dispatchTransfer } from './transfers/dispatch-transfer';
import { MakeTransfer, makeTransfer, transferStreams } from './transfers/make-transfer';
import { arrivalStreams, ReceiveTransfer, receiveTransfer } from './transfers/receive-transfer';
import { theTransfer } from './transfers/the-transfer.view';
import { transfer } from './transfers/transfer';
import { transferView } from './transfers/transfer.view';

@Module(
  eventSourced({
    service: 'inventory',
    migrations: MIGRATIONS,
    commands: [
      handles(location, RegisterLocation, registerLocation, (c) => c.location),
      handles(location, FollowShop, followShop, (c) => c.location),
      spans(ReceiveGoods, receiveGoods, (c) => [
        { aggregate: receipt, id: c.receiptId, begins: true },
        { aggregate: location, id: c.location },
        ...stockAt(c.location, stockedLines(c.lines)),
      ]),
      spans(ShelveSupplyOrder, shelveSupplyOrder, (c) => [
        { aggregate: receipt, id: c.receiptId },
        ...stockAt(c.location, c.lines),
      ]),
      spans(AdjustStock, adjustStock, (c) => [
        { aggregate: adjustment, id: c.adjustmentId, begins: true },
        { aggregate: location, id: c.location },
        ...[...movingLines(c).keys()].map((sku) => ({ aggregate: stock, id: stockId(sku, c.location) })),
      ]),
      spans(RecordCount, { given: booksAt, decide: recordCount }, countedStocks),
      spans(SellAtCounter, sellAtCounter, (c) => stockAt(c.location, c.lines)),
      spans(ReturnToStock, returnToStock, returnedStreams),
      begins(spans(HoldNearby, { given: placesNearby, decide: holdNearby }, stocksOf)),
      spans(AllocateOrder, { given: everyPlace, decide: allocateOrder }, stocksOf),
      handles(sourcingRule, SetSourcingRule, setSourcingRule, (c) => c.rules),
      handles(promisePolicy, SetSkuPolicy, setSkuPolicy, (c) => c.sku),
      handles(promisePolicy, WithdrawSkuPolicy, withdrawSkuPolicy, (c) => c.sku),
      spans(SetPlacePolicy, setPlacePolicy, policyStreams),
      spans(WithdrawPlacePolicy, withdrawPlacePolicy, policyStreams),
      spans(FollowSkuPolicy, { given: placesOf, decide: followSkuPolicy }, followerStreams),
      begins(spans(ReserveStock, { given: choiceFor, decide: reserveStock }, choiceStreams)),
      handles(reservation, ExtendReservation, extendReservation, (c) => c.reservationId),
      handles(reservation, CommitReservation, commitReservation, (c) => c.reservationId),
      spans(CancelReservation, { given: theReservation, decide: cancelReservation }, stocksHeld),
      spans(ExpireReservation, { given: theReservation, decide: expireReservation }, stocksHeld),
      begins(spans(ClaimReservation, { given: claimed, decide: claimReservation }, claimStreams)),
      spans(ReleaseReservation, { given: theReservation, decide: releaseReservation }, stocksHeld),
      spans(SourceAgain, { given: whereElse, decide: sourceAgain }, movingStreams),
      spans(ShipParcel, { given: theReservation, decide: shipParcel }, stocksHeld),
      spans(ShipReservation, { given: theReservation, decide: shipReservation }, stocksHeld),
      spans(KeepLot, keepLot, keptLotStreams),
      spans(QuarantineStock, quarantineStock, quarantineStreams),
      spans(ReleaseQuarantine, { given: theQuarantine, decide: releaseQuarantine }, settledStreams),
      spans(ScrapQuarantine, { given: theQuarantine, decide: scrapQuarantine }, settledStreams),
      spans(MakeTransfer, makeTransfer, transferStreams),
      spans(DispatchTransfer, { given: theTransfer, decide: dispatchTransfer }, dispatchStreams),
      spans(ReceiveTransfer, { given: theTransfer, decide: receiveTransfer }, arrivalStreams),
      handles(transfer, CancelTransfer, cancelTransfer, (c) => c.transferId),
      spans(PlacePurchaseOrder, placePurchaseOrder, orderStreams),
      handles(purchaseOrder, ChangePurchaseOrder, changePurchaseOrder, (c) => c.purchaseOrderId),
      spans(ReceivePurchaseOrder, { given: thePurchaseOrder, decide: receivePurchaseOrder }, deliveryStreams),
      handles(purchaseOrder, CancelPurchaseOrder, cancelPurchaseOrder, (c) => c.purchaseOrderId),
      handles(dailyDemand, RecordDailyDemand, { given: demandSoFar, decide: recordDailyDemand }, (c) => demandId(c.area, c.day)),
    ],
    views: [
      locationView,
      locationLoadView,
      availabilityView,
      stockFlowView,
      discrepancyView,
      bundleView,
      dailyDemandView,
      tradingDayView,
      transferView,
      purchaseOrderView,
      inboundView,
      quarantineView,
      lotStockView,
      lotTraceView,
    ],
    processes: [
      ...[shopsAreLocations, counterMovesStock, returnsRestock, supplyFillsShelves],
      ...[onlineOrdersHoldStock, supplyOrdersHoldStock, shipmentsTakeStock, reservationsExpire, placesFollowSkuPolicies],
    ],
    queries: QUERIES,
    controllers: CONTROLLERS,
    providers: [NeedsKeys, CloseOfDay, ExpiredLots, ConservationWatch, stockMap, ruleBook, bundleBook, StockHistory],
  }),
)
export class InventoryModule {}

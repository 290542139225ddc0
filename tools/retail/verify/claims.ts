import {
  parcelsOf,
  stockedLines,
  type CountedLine,
  type Parcel,
  type QuarantineEvents,
  type ReservationEvents,
  type ReturnEvents,
  type ShiftEvents,
  type StockCountEvents,
  type StockDocumentEvents,
  type StockEvents,
  type StockLine,
  type TransferEvents,
} from '#libs/contracts';

/** What a transfer does to a stock, one after the other. */
type Leg = 'transfer sent' | 'transfer announced' | 'transfer received' | 'transfer lost';

/** What becomes of units that are kept from sale. */
type Keeping = 'quarantine' | 'quarantine release' | 'scrap';

/** Units of one SKU that move at one place because of one document. */
export interface Claim extends StockLine {
  what: 'receipt' | 'adjustment' | 'sale' | 'return' | 'reservation' | 'release' | 'shipment' | Leg | Keeping;
  document: string;
  location: string;
}

function claims(what: Claim['what'], document: string, location: string, lines: readonly StockLine[]): Claim[] {
  return lines.map(({ sku, quantity }) => ({ what, document, location, sku, quantity }));
}

const parcels = (what: Claim['what'], document: string, all: readonly Parcel[]): Claim[] =>
  all.flatMap(({ location, lines }) => claims(what, document, location, lines));

type Documents = StockCountEvents &
  Pick<ShiftEvents, 'SaleRecorded' | 'SaleReturnRecorded'> &
  ReturnEvents &
  QuarantineEvents &
  StockDocumentEvents &
  Pick<TransferEvents, 'TransferDispatched' | 'TransferReceived'> &
  Omit<ReservationEvents, 'StockReservationRefused' | 'StockReservationExpirySet' | 'StockReservationCommitted'>;

/** No movement is made of no units. */
const moving = (lines: readonly StockLine[]): StockLine[] => lines.filter(({ quantity }) => quantity !== 0);

const variances = (lines: readonly CountedLine[]): StockLine[] =>
  moving(lines.map(({ sku, variance: quantity }) => ({ sku, quantity })));

/** What each document says about stock. */
export const DOCUMENTS: Readonly<Partial<Record<string, (data: never) => Claim[]>>> = {
  GoodsReceived: ({ receiptId, location, lines }) => claims('receipt', receiptId, location, lines),
  StockAdjustmentRecorded: ({ adjustmentId, location, lines }) =>
    claims('adjustment', adjustmentId, location, stockedLines(lines)),
  StockCountRecorded: ({ countId, location, lines }) => claims('adjustment', countId, location, variances(lines)),
  TransferDispatched: ({ transferId, from, to, lines }) => [
    ...claims('transfer sent', transferId, from, lines),
    ...claims('transfer announced', transferId, to, lines),
  ],
  TransferReceived: ({ transferId, to, lines }) => [
    ...claims('transfer received', transferId, to, moving(lines)),
    ...claims('transfer lost', transferId, to, moving(lines.map(({ sku, lost: quantity }) => ({ sku, quantity })))),
  ],
  QuarantineOpened: ({ quarantineId, location, lines }) => claims('quarantine', quarantineId, location, lines),
  QuarantineReleased: ({ quarantineId, location, lines }) => claims('quarantine release', quarantineId, location, lines),
  QuarantineScrapped: ({ quarantineId, location, lines }) => claims('scrap', quarantineId, location, lines),
  SaleRecorded: ({ saleId, store, lines }) => claims('sale', saleId, store, stockedLines(lines)),
  SaleReturnRecorded: ({ returnId, store, lines }) => claims('return', returnId, store, stockedLines(lines)),
  ReturnAccepted: ({ returnId, location, lines }) => claims('return', returnId, location, stockedLines(lines)),
  StockReservationMade: ({ reservationId, ...goods }) => parcels('reservation', reservationId, parcelsOf(goods)),
  StockReservationMoved: ({ reservationId, from, released, reserved }) => [
    ...claims('release', reservationId, from, released),
    ...parcels('reservation', reservationId, reserved),
  ],
  StockReservationReleased: ({ reservationId, ...goods }) => parcels('release', reservationId, parcelsOf(goods)),
  StockReservationExpired: ({ reservationId, ...goods }) => parcels('release', reservationId, parcelsOf(goods)),
  StockReservationParcelShipped: ({ reservationId, location, lines }) => claims('shipment', reservationId, location, lines),
  StockReservationShipped: ({ reservationId, ...goods }) => parcels('shipment', reservationId, parcelsOf(goods)),
} satisfies { [K in keyof Documents]: (data: Documents[K]) => Claim[] };

/** What each movement says about its document. */
export const MOVEMENTS: Readonly<Partial<Record<string, (data: never) => Claim>>> = {
  StockReceived: ({ receiptId, ...at }) => ({ what: 'receipt', document: receiptId, ...at }),
  StockAdjusted: ({ adjustmentId, reason: _, ...at }) => ({ what: 'adjustment', document: adjustmentId, ...at }),
  StockSold: ({ saleId, ...at }) => ({ what: 'sale', document: saleId, ...at }),
  StockReturned: ({ returnId, ...at }) => ({ what: 'return', document: returnId, ...at }),
  StockReserved: ({ reservationId, draws: _, ...at }) => ({ what: 'reservation', document: reservationId, ...at }),
  StockReleased: ({ reservationId, draws: _, ...at }) => ({ what: 'release', document: reservationId, ...at }),
  StockShipped: ({ reservationId, ...at }) => ({ what: 'shipment', document: reservationId, ...at }),
  StockTransferSent: ({ transferId, to: _, ...at }) => ({ what: 'transfer sent', document: transferId, ...at }),
  StockTransferAnnounced: ({ transferId, from: _, ...at }) => ({ what: 'transfer announced', document: transferId, ...at }),
  StockTransferReceived: ({ transferId, from: _, ...at }) => ({ what: 'transfer received', document: transferId, ...at }),
  StockTransferLost: ({ transferId, from: _, reason: _why, ...at }) => ({ what: 'transfer lost', document: transferId, ...at }),
  StockQuarantined: ({ quarantineId, ...at }) => ({ what: 'quarantine', document: quarantineId, ...at }),
  StockQuarantineReleased: ({ quarantineId, ...at }) => ({ what: 'quarantine release', document: quarantineId, ...at }),
  StockScrapped: ({ quarantineId, reason: _, ...at }) => ({ what: 'scrap', document: quarantineId, ...at }),
} satisfies { [K in keyof StockEvents]: (data: StockEvents[K]) => Claim };

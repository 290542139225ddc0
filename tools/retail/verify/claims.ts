import {
  stockedLines,
  type CountedLine,
  type ReservationEvents,
  type ReturnEvents,
  type ShiftEvents,
  type StockCountEvents,
  type StockDocumentEvents,
  type StockEvents,
  type StockLine,
} from '#libs/contracts';

/** Units of one SKU that move at one place because of one document. */
export interface Claim extends StockLine {
  what: 'receipt' | 'adjustment' | 'sale' | 'return' | 'reservation' | 'release' | 'shipment';
  document: string;
  location: string;
}

function claims(what: Claim['what'], document: string, location: string, lines: readonly StockLine[]): Claim[] {
  return lines.map(({ sku, quantity }) => ({ what, document, location, sku, quantity }));
}

type Documents = StockCountEvents &
  Pick<ShiftEvents, 'SaleRecorded' | 'SaleReturnRecorded'> &
  ReturnEvents &
  StockDocumentEvents &
  Omit<ReservationEvents, 'StockReservationRefused' | 'StockReservationExpirySet' | 'StockReservationCommitted'>;

const variances = (lines: readonly CountedLine[]): StockLine[] =>
  lines.flatMap(({ sku, variance: quantity }) => (quantity === 0 ? [] : [{ sku, quantity }]));

/** What each document says about stock. */
export const DOCUMENTS: Readonly<Partial<Record<string, (data: never) => Claim[]>>> = {
  GoodsReceived: ({ receiptId, location, lines }) => claims('receipt', receiptId, location, lines),
  StockAdjustmentRecorded: ({ adjustmentId, location, lines }) =>
    claims('adjustment', adjustmentId, location, stockedLines(lines)),
  StockCountRecorded: ({ countId, location, lines }) => claims('adjustment', countId, location, variances(lines)),
  SaleRecorded: ({ saleId, store, lines }) => claims('sale', saleId, store, stockedLines(lines)),
  SaleReturnRecorded: ({ returnId, store, lines }) => claims('return', returnId, store, stockedLines(lines)),
  ReturnAccepted: ({ returnId, location, lines }) => claims('return', returnId, location, stockedLines(lines)),
  StockReservationMade: ({ reservationId, location, lines }) => claims('reservation', reservationId, location, lines),
  StockReservationReleased: ({ reservationId, location, lines }) => claims('release', reservationId, location, lines),
  StockReservationExpired: ({ reservationId, location, lines }) => claims('release', reservationId, location, lines),
  StockReservationShipped: ({ reservationId, location, lines }) => claims('shipment', reservationId, location, lines),
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
} satisfies { [K in keyof StockEvents]: (data: StockEvents[K]) => Claim };

import { to, type DecideAcross, type StreamRef } from '#libs/eventsourcing/vocabulary';
import { quarantine } from '../quarantine/quarantine';
import { available, stock, stockAt, stockId } from '../stock/stock';

/** Keeps what is left of a lot at a place from sale: because it has expired, or was recalled. */
export class KeepLot {
  quarantineId!: string;
  sku!: string;
  lot!: string;
  location!: string;
  reason!: string;
}

/**
 * Everything of the lot that is for sale and not promised; nothing to say when there is nothing. What is reserved is of no lot until
 * it is picked, and then the first good lot is.
 */
export const keepLot: DecideAcross<KeepLot> = ({ quarantineId, sku, lot, location, reason }, stateOf) => {
  const shelf = stateOf(stock, stockId(sku, location));
  const known = shelf.lots?.find((one) => one.lot === lot);
  if (!known || stateOf(quarantine, quarantineId)) return [];
  const quantity = Math.min(known.units - known.kept, available(shelf));
  if (quantity <= 0) return [];
  const { expiresOn } = known;
  const line = { sku, quantity, lots: [{ lot, quantity, ...(expiresOn !== undefined && { expiresOn }) }] };
  return [
    to(quarantine, quarantineId, { type: 'QuarantineOpened', data: { quarantineId, location, lines: [line], reason } }),
    to(stock, stockId(sku, location), { type: 'StockQuarantined', data: { ...line, location, quarantineId } }),
  ];
};

/** The quarantine, and the stock. */
export function keptLotStreams({ quarantineId, sku, location }: KeepLot): StreamRef[] {
  return [{ aggregate: quarantine, id: quarantineId }, ...stockAt(location, [{ sku, quantity: 0 }])];
}

import type { TradeLine } from '#libs/contracts';
import type { Channel } from '../sales/sale-entry';
import type { BookKind, KnownEntry, OrderStatus, PaymentStatus, ShipmentStatus } from './order-book';

/** A document of the order book as it is read; what is not there is left out. */
export interface OrderResource {
  id: string;
  channel: Channel;
  kind: BookKind;
  customer?: string;
  status: OrderStatus;
  reason?: string;
  /** Where the goods are held, left or came in. */
  location?: string;
  till?: string;
  /** The order or sale that a return is from. */
  originalId?: string;
  lineCount: number;
  units: number;
  /** Units that came back since. */
  returnedUnits: number;
  totalMinor: number;
  currency: string;
  placedAt: string;
  payment?: { status: PaymentStatus; authorizedMinor: number; capturedMinor: number; refundedMinor: number };
  shipment?: { status: ShipmentStatus; carrier?: string };
}

export function orderResource(id: string, entry: KnownEntry): OrderResource {
  const { kind, channel, status, currency, placedAt, lineCount, units, returnedUnits, totalMinor } = entry;
  return {
    ...{ id, channel, kind, status },
    ...present({ customer: entry.customer, reason: entry.reason, location: entry.location }),
    ...present({ till: entry.till, originalId: entry.originalId }),
    ...{ lineCount, units, returnedUnits, totalMinor, currency, placedAt },
    ...partsOf(entry),
  };
}

function partsOf(entry: KnownEntry): Pick<OrderResource, 'payment' | 'shipment'> {
  const { payment, authorizedMinor, capturedMinor, refundedMinor, shipment, carrier } = entry;
  return {
    ...(payment && { payment: { status: payment, authorizedMinor, capturedMinor, refundedMinor } }),
    ...(shipment && { shipment: { status: shipment, ...present({ carrier }) } }),
  };
}

/** A document with its lines. */
export interface OrderWithLines extends OrderResource {
  lines: TradeLine[];
}

/** The facts that there are. */
function present<F extends Record<string, string | null>>(facts: F): { [K in keyof F]?: string } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null)) as { [K in keyof F]?: string };
}

import type { Delivery, DeliveryService, Parcel, Revealed, TradeLine } from '#libs/contracts';
import { allocationOf, isBeingCancelled, isPromised, type Order } from './order';

/** Where an order stands, as its customer is told: that goods are held already is no news before money is, too. */
export type OrderStatus = 'pending' | 'confirmed' | 'cancelling' | 'shipped' | 'delivered' | 'rejected' | 'cancelled';

/** What has become of the money; `voided` says that what was authorized is given back. */
export type OrderPayment = 'none' | 'authorized' | 'captured' | 'declined' | 'voided';

/** An order as it is read. */
export interface OrderResource extends Revealed<Delivery> {
  id: string;
  status: OrderStatus;
  /** Why it was rejected or cancelled. */
  reason?: string;
  totalMinor: number;
  currency: string;
  customer: string;
  lines: TradeLine[];
  /** Where the goods, or most of them, are held or were sent from. */
  location?: string;
  /** Which place sends what, where that is more than one. */
  parcels?: Parcel[];
  /** Absent: as a parcel. */
  service?: DeliveryService;
  payment: OrderPayment;
  /** What became of the wish to cancel it, where that was not just done. */
  cancellation?: 'requested' | 'declined';
  placedAt: string;
}

/** @param delivery what is personal of it, opened; `erased` says that it cannot be any more */
export function orderResource(id: string, state: NonNullable<Order>, delivery: Revealed<Delivery>): OrderResource {
  const { customer, lines, totals, service, placedAt } = state.purchase;
  const cancellation = isPromised(state) ? state.cancellation?.status : undefined;
  return {
    id,
    status: statusOf(state),
    ...('reason' in state && { reason: state.reason }),
    ...{ totalMinor: totals.amountMinor, currency: totals.currency, customer, lines, ...delivery },
    ...('location' in state && allocationOf(state)),
    ...(service && { service }),
    payment: paymentOf(state),
    ...(cancellation && { cancellation }),
    placedAt,
  };
}

function statusOf(state: NonNullable<Order>): OrderStatus {
  if (state.status === 'allocated') return 'pending';
  return state.status === 'confirmed' && isBeingCancelled(state) ? 'cancelling' : state.status;
}

function paymentOf(state: NonNullable<Order>): OrderPayment {
  if (isPromised(state)) return state.isPaid ? 'captured' : 'authorized';
  if (state.status === 'rejected') return state.reason === 'payment-declined' ? 'declined' : 'none';
  return state.status === 'cancelled' && state.wasConfirmed ? 'voided' : 'none';
}

import {
  stockedLines,
  type Channel,
  type DeliveryService,
  type Demand,
  type GeoPoint,
  type MoveReason,
  type OrderEvents,
  type ReservationEvents,
  type StockLine,
  type SupplyOrderEvents,
} from '#libs/contracts';
import type { AnyEvent, RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { World } from './world';

/** Goods that somebody asked for: with an order, or before there was one. */
export interface Asked {
  orderId: string;
  demand: Demand;
  lines: StockLine[];
  channel?: Channel;
  /** What was held for the order before there was one. */
  reservationId?: string;
  /** Absent: as a parcel. */
  service?: DeliveryService;
  /** When it was asked for, where that matters. */
  at?: string;
  /** Absent until somebody has been asked who may open it; null when nobody can any more, or nobody has said. */
  deliverTo?: GeoPoint | null;
}

/** What became of a wish: where the goods were held, or nowhere. */
export interface Outcome {
  location: string | undefined;
  /** Of the farthest parcel. */
  distanceKm: number;
  /** How many it came in; absent: one, if any. */
  parcels?: number;
  /** By which version of the sourcing rule it was decided; absent: nobody has noted it. */
  rule?: number;
}

/** Something that happened in the slice, in the time of the log. */
export type Step = { at: string } & (
  | { kind: 'fact'; stream: string; event: AnyEvent }
  | { kind: 'ask'; orderId: string; really: Outcome }
  | { kind: 'move'; orderId: string; from: string; reason: MoveReason }
  | { kind: 'extend' | 'commit' | 'release' | 'expire' | 'ship'; orderId: string }
);

/** The part of the log that is played again: what there was at its beginning, what happened then, and what was asked for. */
export class Script {
  readonly opening = new World();
  readonly steps: Step[] = [];
  readonly asked = new Map<string, Asked>();
  /** Events of the slice. */
  events = 0;

  constructor(private readonly from: string) {}

  /** Takes every event of the log up to the end of the slice, in the order of recording. */
  take(event: RecordedEvent): void {
    const isBefore = event.recordedAt < this.from;
    if (!isBefore) this.events++;
    const wish = WISHES[event.type]?.(event.data as never);
    if (wish) this.asked.set(wish.orderId, wish);
    else if (isBefore) this.open(event);
    else this.add(event);
  }

  private open({ stream, ...event }: RecordedEvent): void {
    this.opening.apply({ stream, events: [event as never] });
    // What was decided before the slice is not asked for in it.
    if (stream.startsWith('reservation:')) this.asked.delete(stream.slice('reservation:'.length));
  }

  private add(event: RecordedEvent): void {
    const { type, stream, source, data, recordedAt: at } = event;
    const made = data as ReservationEvents['StockReservationMade'];
    if (type === 'StockReservationMade' && !this.asked.has(made.reservationId))
      this.asked.set(made.reservationId, reserved(made));
    const told = STEPS[type]?.(data as never);
    if (told) this.steps.push({ at, ...told });
    // What reservations do to stock follows from the reservations.
    else if (source === 'inventory' && !('reservationId' in (data as object))) {
      this.steps.push({ at, kind: 'fact', stream, event: event as never });
    }
  }
}

/** Who asked without an order has said to nobody but the service where the goods shall go: they stay where they were held. */
function reserved({ reservationId, demand, lines, channel }: ReservationEvents['StockReservationMade']): Asked {
  return { orderId: reservationId, demand, lines, ...(channel && { channel }), deliverTo: null };
}

type Wishes = Pick<OrderEvents, 'OrderPlaced'> & Pick<SupplyOrderEvents, 'SupplyOrderSubmitted'>;

const WISHES: Readonly<Partial<Record<string, (data: never) => Asked>>> = {
  OrderPlaced: ({ orderId, lines, reservationId, service, placedAt: at }) => ({
    ...{ orderId, demand: 'online-order', lines: stockedLines(lines) },
    ...(reservationId !== undefined && { reservationId }),
    ...(service && { service, at }),
  }),
  SupplyOrderSubmitted: ({ supplyOrderId: orderId, lines, deliverTo }) => ({
    ...{ orderId, demand: 'supply-order', lines: stockedLines(lines), deliverTo },
  }),
} satisfies { [K in keyof Wishes]: (data: Wishes[K]) => Asked };

type Untimed<T> = T extends unknown ? Omit<T, 'at'> : never;
type Told = ReservationEvents & Pick<OrderEvents, 'OrderConfirmed'> & Pick<SupplyOrderEvents, 'SupplyOrderAccepted'>;

const STEPS: Readonly<Partial<Record<string, (data: never) => Untimed<Step> | undefined>>> = {
  OrderConfirmed: ({ orderId }) => ({ kind: 'commit', orderId }),
  SupplyOrderAccepted: ({ supplyOrderId: orderId }) => ({ kind: 'commit', orderId }),
  StockReservationMade: ({ reservationId: orderId, location, distanceKm, rule }) => ({
    ...{ kind: 'ask', orderId },
    really: { location, distanceKm, ...(rule !== undefined && { rule }) },
  }),
  StockReservationRefused: ({ reservationId: orderId, rule }) => ({
    ...{ kind: 'ask', orderId },
    really: { location: undefined, distanceKm: 0, ...(rule !== undefined && { rule }) },
  }),
  StockReservationMoved: ({ reservationId: orderId, from, reason }) => ({ kind: 'move', orderId, from, reason }),
  StockReservationExpirySet: ({ reservationId: orderId }) => ({ kind: 'extend', orderId }),
  StockReservationCommitted: ({ reservationId: orderId }) => ({ kind: 'commit', orderId }),
  StockReservationExpired: ({ reservationId: orderId }) => ({ kind: 'expire', orderId }),
  // What an order takes over ends when the order is decided.
  StockReservationReleased: ({ reservationId: orderId, takenOverBy }) =>
    takenOverBy === undefined ? { kind: 'release', orderId } : undefined,
  // Who holds the parcels of an order is decided anew: they leave together, with the last one.
  StockReservationParcelShipped: () => undefined,
  StockReservationShipped: ({ reservationId: orderId }) => ({ kind: 'ship', orderId }),
} satisfies { [K in keyof Told]: (data: Told[K]) => Untimed<Step> | undefined };

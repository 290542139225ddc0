import { letGo } from '../../../apps/inventory/src/reservations/direct-reservation';
import { reservation } from '../../../apps/inventory/src/reservations/reservation';
import { ShipReservation, shipReservation } from '../../../apps/inventory/src/reservations/ship-reservation';
import { available, stock } from '../../../apps/inventory/src/stock/stock';
import type { StreamEvents } from '#libs/eventsourcing/vocabulary';
import type { Change } from './change';
import { decide, decideAgain, type Decision } from './decide';
import type { Asked, Outcome, Step } from './script';
import type { World } from './world';

/** What became of an order in a run. */
export interface Fate extends Outcome {
  units: number;
  /** It was held, and let go because nobody confirmed it in time. */
  expired: boolean;
}

export type Ask = Extract<Step, { kind: 'ask' }>;
type Fact = Extract<Step, { kind: 'fact' }>;
type End = 'release' | 'expire' | 'ship';

const MS_A_SECOND = 1000;

/** The slice once more, through the same rules, with or without a change. */
export class Run {
  readonly fates = new Map<string, Fate>();
  /** Units that were promised and then taken by a fact: sold over the counter, written off. */
  oversold = 0;
  /** What is held and not confirmed, with the time when it is let go; in the order of these times. */
  private readonly expiring = new Map<string, number>();

  constructor(
    private readonly world: World,
    private readonly asked: ReadonlyMap<string, Asked>,
    private readonly change: Change = {},
  ) {}

  /** What the rules say to a wish now; nothing changes yet. */
  decide({ at, orderId, really }: Ask): Decision {
    this.world.now = at;
    const asked = this.asked.get(orderId);
    return asked
      ? decide(asked, really, this.world, this.change)
      : { events: [], outcome: { location: undefined, distanceKm: 0 } };
  }

  play(step: Step): void {
    this.expire(Date.parse(step.at));
    const { kind } = step;
    if (kind === 'fact') this.state(step);
    else if (kind === 'ask') this.take(step, this.decide(step));
    else if (kind === 'move') this.moveOn(step);
    else if (kind === 'commit') this.expiring.delete(step.orderId);
    else if (kind === 'extend') this.extend(step.orderId, step.at);
    // With a time to live of our own, what really expired says nothing.
    else if (kind !== 'expire' || this.change.ttlSeconds === undefined) this.end(step.orderId, kind);
  }

  /** Lets a decision come true. */
  take({ orderId, at, really }: Ask, { events, outcome }: Decision): void {
    const asked = this.asked.get(orderId);
    if (!asked) return;
    const units = asked.lines.reduce((sum, { quantity }) => sum + quantity, 0);
    if (asked.demand !== 'direct') this.fates.set(orderId, { ...outcome, units, expired: false });
    this.apply(events);
    if (asked.reservationId !== undefined && outcome.location !== undefined) this.expiring.delete(asked.reservationId);
    // Of an order that was refused nobody knows when it would have been confirmed; nearly all are at once.
    if (outcome.location !== undefined && really.location !== undefined) this.limit(orderId, at);
  }

  private moveOn(step: Extract<Step, { kind: 'move' }>): void {
    this.world.now = step.at;
    this.apply(decideAgain(step, this.asked.get(step.orderId), this.world, this.change));
  }

  private state({ stream, event }: Fact): void {
    const before = this.shortfall(stream);
    this.world.apply({ stream, events: [event] });
    this.oversold += Math.max(0, this.shortfall(stream) - before);
  }

  private shortfall(stream: string): number {
    const prefix = `${stock.category}:`;
    return stream.startsWith(prefix) ? Math.max(0, -available(this.world.stateOf(stock, stream.slice(prefix.length)))) : 0;
  }

  private end(orderId: string, how: End): void {
    this.expiring.delete(orderId);
    const { stateOf } = this.world;
    const held = stateOf(reservation, orderId);
    if (held.status !== 'held') return;
    const context = { now: '', by: 'what-if', given: held };
    if (how === 'ship') return this.apply(shipReservation(Object.assign(new ShipReservation(), { orderId }), stateOf, context));
    const type = how === 'expire' ? 'StockReservationExpired' : 'StockReservationReleased';
    this.apply(letGo(orderId, held, { type }, stateOf));
  }

  private extend(orderId: string, at: string): void {
    if (this.expiring.delete(orderId)) this.limit(orderId, at);
  }

  private limit(orderId: string, at: string): void {
    const { ttlSeconds } = this.change;
    if (ttlSeconds !== undefined) this.expiring.set(orderId, Date.parse(at) + ttlSeconds * MS_A_SECOND);
  }

  private expire(now: number): void {
    for (const [orderId, until] of this.expiring) {
      if (until > now) return;
      const fate = this.fates.get(orderId);
      if (fate) this.fates.set(orderId, { ...fate, expired: true });
      this.end(orderId, 'expire');
    }
  }

  private apply(events: readonly StreamEvents[]): void {
    events.forEach((part) => this.world.apply(part));
  }
}

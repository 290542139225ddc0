import type { Channel, QuotaDraw, ReservationEvents, StockEvents, StockPromiseEvents } from '#libs/contracts';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { Findings, type Check } from './findings';
import { placeOf } from './log-auditor';

interface Quota {
  units: number;
  used: number;
}

/** How long after its time a reservation may still be held: timers rest while the system does. */
const PATIENCE_MS = 600_000;

/** No channel was promised more than its quota, what was given back was drawn before, and nothing is held past its time. */
export class PromiseAuditor {
  private readonly findings = new Findings('promises-kept-apart');
  /** By stock, then by channel. */
  private readonly quotas = new Map<string, Map<Channel, Quota>>();
  /** When reservations end that are still held. */
  private readonly ends = new Map<string, string>();
  private latest = '';

  take(event: RecordedEvent): void {
    if (event.source !== 'inventory') return;
    if (event.recordedAt > this.latest) this.latest = event.recordedAt;
    HEARD[event.type]?.(this, event as RecordedEvent<string, never>);
  }

  get check(): Check {
    const due = new Date(Date.parse(this.latest) - PATIENCE_MS || 0).toISOString();
    for (const [id, expiresAt] of this.ends) {
      this.findings.look(expiresAt < due && `reservation ${id} is held, though it ended at ${expiresAt}`);
    }
    return this.findings.check;
  }

  begin({ stream, data }: RecordedEvent<string, StockPromiseEvents['StockPromisePolicySet']>): void {
    this.quotas.set(stream, new Map(data.quotas.map(({ channel, units }) => [channel, { units, used: 0 }])));
  }

  withdraw({ stream }: RecordedEvent): void {
    this.quotas.delete(stream);
  }

  draw(event: RecordedEvent<string, { draws?: QuotaDraw[] }>, sign: 1 | -1): void {
    for (const { channel, quantity } of event.data.draws ?? []) this.use(event, channel, sign * quantity);
  }

  /** A till takes of its quota what is left of it; beyond that it takes what is anybody's. */
  sell(event: RecordedEvent<string, StockEvents['StockSold']>): void {
    const quota = this.quotas.get(event.stream)?.get('hema');
    if (quota) this.use(event, 'hema', Math.min(event.data.quantity, quota.units - quota.used));
  }

  hold({ data: { reservationId, expiresAt } }: RecordedEvent<string, ReservationEvents['StockReservationExpirySet']>): void {
    this.ends.set(reservationId, expiresAt);
  }

  ended({ data: { reservationId } }: RecordedEvent<string, { reservationId: string }>): void {
    this.ends.delete(reservationId);
  }

  private use(event: RecordedEvent, channel: Channel, quantity: number): void {
    const quota = this.quotas.get(event.stream)?.get(channel);
    if (!quota) return this.findings.violation(`${placeOf(event)} draws on a quota of ${channel} that is not in force`);
    quota.used += quantity;
    const wrong =
      quota.used > quota.units ? `${quota.used} of ${quota.units} are used` : quota.used < 0 && 'more came back than was drawn';
    this.findings.look(wrong && `${placeOf(event)}: of the quota of ${channel} ${wrong}`);
  }
}

const HEARD: Readonly<Partial<Record<string, (auditor: PromiseAuditor, event: RecordedEvent<string, never>) => void>>> = {
  StockPromisePolicySet: (auditor, event) => auditor.begin(event),
  StockPromisePolicyWithdrawn: (auditor, event) => auditor.withdraw(event),
  StockReserved: (auditor, event) => auditor.draw(event, 1),
  StockReleased: (auditor, event) => auditor.draw(event, -1),
  StockSold: (auditor, event) => auditor.sell(event),
  StockReservationExpirySet: (auditor, event) => auditor.hold(event),
  StockReservationCommitted: (auditor, event) => auditor.ended(event),
  StockReservationExpired: (auditor, event) => auditor.ended(event),
  StockReservationReleased: (auditor, event) => auditor.ended(event),
  StockReservationShipped: (auditor, event) => auditor.ended(event),
};

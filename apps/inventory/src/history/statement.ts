import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import type { Reservation } from '../reservations/reservation';
import { counts, type Moment } from './moment';
import { effectOf, NONE, sum, type Quantities } from './quantities';

/** The document that moved the stock: an order, a supply order, a receipt, a transfer, a sale, a return, an adjustment, a reservation. */
export interface Source {
  kind: string;
  id: string;
}

/** One event that counts, with what there was once it was in the books. */
export interface Line {
  event: RecordedEvent;
  change: Quantities;
  balance: Quantities;
}

/** What all events of one type come to. */
export interface Term {
  type: string;
  events: number;
  change: Quantities;
}

/** Adds up, type by type, every event that counts at a moment. */
export class Tally {
  private readonly byType = new Map<string, Term>();
  /** When the last event of all that was seen was recorded; empty when none was. */
  lastRecorded = '';

  constructor(private readonly moment: Moment) {}

  take(event: RecordedEvent): void {
    if (event.recordedAt > this.lastRecorded) this.lastRecorded = event.recordedAt;
    if (!counts(event, this.moment)) return;
    const { type, events, change } = this.byType.get(event.type) ?? { type: event.type, events: 0, change: NONE };
    this.byType.set(type, { type, events: events + 1, change: sum(change, effectOf(event as never)) });
  }

  /** In the order of the alphabet, so that the same history always reads the same. */
  get terms(): Term[] {
    return [...this.byType.values()].sort((a, b) => (a.type < b.type ? -1 : 1));
  }
}

/** The last lines of one place, newest first, counted back from what there was at the moment. */
export class Lines {
  readonly lines: Line[] = [];

  /**
   * @param balance what there was after the first event that is taken and counts
   * @param most how many lines are wanted
   */
  constructor(
    private balance: Quantities,
    private readonly moment: Moment,
    private readonly most: number,
  ) {}

  /** Takes the next older event; gives whether there is room for another. */
  take(event: RecordedEvent): boolean {
    if (this.lines.length < this.most && counts(event, this.moment)) this.add(event);
    return this.lines.length < this.most;
  }

  private add(event: RecordedEvent): void {
    const change = effectOf(event as never);
    this.lines.push({ event, change, balance: this.balance });
    this.balance = sum(this.balance, change, -1);
  }
}

const ID = /^(\w+)Id$/;

/** Movements name their document in a field of its own: `receiptId`, `saleId`, `reservationId`. */
export function sourceOf(data: object): Source | null {
  for (const [field, id] of Object.entries(data) as [string, unknown][]) {
    const kind = ID.exec(field)?.[1];
    if (kind !== undefined && typeof id === 'string') return { kind, id };
  }
  return null;
}

const ORDERS: Readonly<Partial<Record<string, string>>> = { 'online-order': 'order', 'supply-order': 'supply-order' };

/** What is held for an order is held under its id; what is held before there is one stays a reservation. */
export function orderBehind(source: Source, held: Reservation): Source {
  return { ...source, kind: ('demand' in held && ORDERS[held.demand]) || source.kind };
}

/**
 * In words: `available 7 = on hand 10 - reserved 3; on hand 10 = received 20 - shipped 10; reserved 3 = …`; and what is in transit and in
 * quarantine, where anything ever was.
 */
export function formulaOf(terms: readonly Term[]): string {
  const { onHand, reserved, inTransit, quarantined } = terms.reduce((all, { change }) => sum(all, change), NONE);
  const parts = (of: keyof Quantities): string => signed(terms.map(({ type, change }) => [wordsOf(type), change[of]]));
  const everMoved = (of: keyof Quantities): boolean => terms.some(({ change }) => change[of] !== 0);
  const kept = everMoved('quarantined') ? ` - quarantined ${quarantined}` : '';
  return [
    `available ${onHand - reserved - quarantined} = on hand ${onHand} - reserved ${reserved}${kept}`,
    `on hand ${onHand} = ${parts('onHand')}`,
    `reserved ${reserved} = ${parts('reserved')}`,
    ...(everMoved('inTransit') ? [`in transit ${inTransit} = ${parts('inTransit')}`] : []),
    ...(everMoved('quarantined') ? [`quarantined ${quarantined} = ${parts('quarantined')}`] : []),
  ].join('; ');
}

/** What adds comes first. */
function signed(parts: [words: string, units: number][]): string {
  const moving = parts.filter(([, units]) => units !== 0).sort(([, a], [, b]) => Math.sign(b) - Math.sign(a));
  const spelled = moving.map(([words, units]) => `${units < 0 ? '- ' : '+ '}${words} ${Math.abs(units)}`);
  return spelled.join(' ').replace(/^\+ /, '') || '0';
}

/** `StockReceived` reads `received`. */
function wordsOf(type: string): string {
  const words = type.replace(/^Stock/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.trim();
}

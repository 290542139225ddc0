import type { Asked } from '../system/api';
import { bodyOf } from '../system/problem';
import type { Figure, Question } from './question';

type Units = Record<Figure, number>;

/** An event as `GET /inventory/stock/:sku/explain` tells it. */
export interface ExplainedEvent {
  id: string;
  type: string;
  location: string;
  happenedAt: string;
  recordedAt: string;
  source: { kind: string; id: string } | null;
  change: Partial<Units>;
  balance: Units;
}

interface Page {
  events: ExplainedEvent[];
  next: string | null;
}

interface FirstPage extends Page, Units {
  asOf?: string;
  axis?: string;
  knownAt?: string;
  formula: string;
  byLocation: (Units & { location: string })[];
}

/** What `explain` and `as-of` answer with `--json`. */
export interface Explanation extends Omit<FirstPage, 'next'> {
  what: string;
  figure: Figure;
  /** The figure that was asked for. */
  value: number;
  /** Whether there are older events than those that were asked for. */
  more: boolean;
}

const PAGE = 200;

/** Asks the inventory service for a figure and the events behind it, at most so many of them. */
export async function explain(api: Asked, question: Question, most: number): Promise<Explanation> {
  const { sku, location, figure, moment } = question;
  const first = await page<FirstPage>(api, question, Math.min(PAGE, Math.max(1, most)));
  const events = first.events.slice(0, most);
  let next = first.next;
  while (next !== null && events.length < most) {
    const older = await page<Page>(
      api,
      { ...question, moment: { ...moment, cursor: next } },
      Math.min(PAGE, most - events.length),
    );
    for (const event of older.events) events.push(event);
    next = older.next;
  }
  const what = `stock:${sku}${location === undefined ? '' : `@${location}`}`;
  const { next: _, ...rest } = first;
  return { what, figure, value: first[figure], ...rest, events, more: next !== null || events.length < first.events.length };
}

// The caller knows which page the route answers with.

async function page<T>(api: Asked, { sku, location, moment }: Question, limit: number): Promise<T> {
  const query = new URLSearchParams({ ...moment, limit: String(limit), ...(location !== undefined && { location }) });
  const path = `/inventory/stock/${encodeURIComponent(sku)}/explain?${query.toString()}`;
  return bodyOf<T>(await api.ask({ method: 'GET', path }));
}

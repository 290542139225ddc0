import { table } from '../table';
import type { ExplainedEvent, Explanation } from './explanation';

const LEVEL = ['location', 'on hand', 'reserved', 'available', 'in transit'];
const EVENT = ['happened', 'location', 'what', 'from', 'on hand', 'reserved', 'balance', 'event'];
const NUMBERS = ['on hand', 'reserved', 'available', 'in transit', 'balance'];

/** The figure in a sentence, and what there was at each location. */
export function figureInWords({ what, figure, value, asOf, axis, knownAt, byLocation }: Explanation): string {
  const moment =
    asOf === undefined ? '' : ` as of ${asOf} (${axis ?? ''}${knownAt === undefined ? '' : `, as known at ${knownAt}`})`;
  const levels = byLocation.map(({ location, onHand, reserved, available, inTransit }) => [
    location,
    ...[onHand, reserved, available, inTransit].map(spelled),
  ]);
  const where = levels.length > 0 ? table(LEVEL, levels, NUMBERS) : 'It had been nowhere by then.';
  return `${what}${moment}: ${figure} ${spelled(value)}\n\n${where}`;
}

/** The formula, and the events as in a bank statement: newest first, with what was available after each. */
export function eventsInWords({ formula, events, more }: Explanation): string {
  const rows = events.map((event) => [
    ...[event.happenedAt, event.location, wordsOf(event.type), sourceOf(event)],
    ...[signed(event.change.onHand), signed(event.change.reserved), spelled(event.balance.available), event.id],
  ]);
  const rest = more ? ['… and older ones: --limit N shows more of them'] : [];
  return [formula.replaceAll('; ', '\n'), '', ...(rows.length > 0 ? [table(EVENT, rows, NUMBERS)] : []), ...rest].join('\n');
}

/** `StockReceived` reads `received`. */
function wordsOf(type: string): string {
  const words = type.replace(/^Stock/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.trim();
}

function sourceOf({ source }: ExplainedEvent): string {
  return source ? `${source.kind} ${source.id}` : '';
}

function signed(units = 0): string {
  if (units === 0) return '';
  return units > 0 ? `+${spelled(units)}` : spelled(units);
}

function spelled(units: number): string {
  return units.toLocaleString('en-US');
}

import { WEEKDAYS, type OpenHours, type WeeklyHours } from '#libs/contracts';
import { Refusal } from '#libs/eventsourcing/vocabulary';
import { CLOSES_PATTERN, OPENS_PATTERN } from './opening-hours';

const NEEDED = ['id', 'name', 'kind', 'latitude', 'longitude'] as const;
const ALLOWED = ['capabilities', 'timeZone', 'openingHours', 'serviceRadiusMeters', 'serviceArea', 'dailyOrders'] as const;
/** What a file can say of a location. */
export type Column = (typeof NEEDED | typeof ALLOWED)[number];

const asText = (cell: string): unknown => cell;
/** What is no number stays text, and is told so with everything else that is wrong with the row. */
const asNumber = (cell: string): unknown => (/^[+-]?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell);

const READ: Readonly<Record<Column, (cell: string) => unknown>> = {
  ...{ id: asText, name: asText, kind: asText, timeZone: asText },
  ...{ latitude: asNumber, longitude: asNumber, serviceRadiusMeters: asNumber, dailyOrders: asNumber },
  capabilities: (cell) => cell.split(/\s+/),
  openingHours: hoursIn,
  serviceArea: ringIn,
};

/** What stands in which column, by the first row of a file of locations. Refuses a column that is missing or unknown. */
export function columnsOf(header: readonly string[]): Column[] {
  const columns = header.map((name) => name.trim());
  const missing = NEEDED.filter((name) => !columns.includes(name));
  const unknown = columns.filter((name, n) => !(name in READ) || columns.indexOf(name) !== n);
  if (missing.length + unknown.length === 0) return columns as Column[];
  const wrong = [
    missing.length > 0 && `${missing.join(', ')} is missing`,
    unknown.length > 0 && `${unknown.map((name) => `"${name.slice(0, 40)}"`).join(', ')} is unknown or there twice`,
  ].filter((part) => part !== false);
  throw new Refusal(
    'unreadable-header',
    `The first row has to name the columns, but ${wrong.join(', and ')}.`,
    `Name ${NEEDED.join(', ')}, and any of ${ALLOWED.join(', ')}, in any order.`,
  );
}

/** One row as `PUT /inventory/locations/:id` takes it, and the id. An empty cell is absent. Refuses a row that is longer or shorter. */
export function locationIn(columns: readonly Column[], cells: readonly string[]): { id: string; body: object } {
  if (cells.length !== columns.length) throw wrongLength(cells.length, columns.length);
  const facts: Record<string, unknown> = {};
  columns.forEach((column, n) => {
    const cell = (cells[n] ?? '').trim();
    if (cell !== '') facts[column] = READ[column](cell);
  });
  const { id, ...body } = facts;
  return { id: typeof id === 'string' ? id : '', body };
}

/** `mon-fri 08:00-12:00 13:00-20:00; sat,sun 10:00-18:00` */
function hoursIn(cell: string): WeeklyHours {
  const week: WeeklyHours = {};
  for (const part of cell.split(';').map((text) => text.trim())) {
    const [days = '', ...stretches] = part.split(/\s+/);
    const hours = stretches.map((stretch) => stretchIn(stretch, cell));
    if (hours.length === 0) throw unreadableHours(cell);
    for (const day of daysIn(days, cell)) week[day] = [...(week[day] ?? []), ...hours];
  }
  return week;
}

function stretchIn(text: string, cell: string): OpenHours {
  const [opens = '', closes = '', ...more] = text.split('-');
  if (more.length > 0 || !OPENS_PATTERN.test(opens) || !CLOSES_PATTERN.test(closes)) throw unreadableHours(cell);
  return { opens, closes };
}

function daysIn(text: string, cell: string): (typeof WEEKDAYS)[number][] {
  return text.split(',').flatMap((range) => {
    const [first = -1, last = first, ...more] = range.split('-').map((name) => WEEKDAYS.findIndex((day) => isShort(name, day)));
    if (first < 0 || last < first || more.length > 0) throw unreadableHours(cell);
    return WEEKDAYS.slice(first, last + 1);
  });
}

const isShort = (name: string, day: string): boolean => name.length >= 3 && day.startsWith(name.toLowerCase());

function ringIn(cell: string): unknown {
  try {
    return JSON.parse(cell) as unknown;
  } catch {
    throw new Refusal(
      'unreadable-service-area',
      `"${cell.slice(0, 60)}" is no service area.`,
      'Write a GeoJSON ring, quoted because of its commas: "[[120.1,30.2],[120.2,30.2],[120.2,30.3],[120.1,30.2]]".',
    );
  }
}

function unreadableHours(cell: string): Refusal {
  return new Refusal(
    'unreadable-opening-hours',
    `"${cell.slice(0, 100)}" are no opening hours.`,
    'Write days and stretches: mon-fri 08:00-12:00 13:00-20:00; sat,sun 10:00-18:00',
  );
}

function wrongLength(cells: number, columns: number): Refusal {
  return new Refusal(
    'wrong-number-of-cells',
    `The row has ${cells} cells where the header names ${columns} columns.`,
    'Quote cells that have a comma in them.',
  );
}

import { ID_PATTERN, MAX_QUANTITY, SKU_PATTERN, type UnitPrice } from '#libs/contracts';

/** One line of the books, as it is meant. */
export interface Row {
  /** Where it stands in the file; the heading is line 1. */
  line: number;
  invoice: string;
  sku: string;
  description: string;
  /** Signed. */
  quantity: number;
  /** Signed. */
  price: UnitPrice;
  /** UTC, ISO 8601. */
  happenedAt: string;
  /** Empty where nobody knows. */
  customer: string;
}

/** The books are in pounds. */
export const CURRENCY = 'GBP';
export const COLUMNS = ['InvoiceNo', 'StockCode', 'Description', 'Quantity', 'InvoiceDate', 'UnitPrice', 'CustomerID'] as const;
type Column = (typeof COLUMNS)[number];

/** What is wrong with a row, in words that continue "line 7 …". */
export class RowFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RowFault';
  }
}

/** Finds the columns by their names in the heading. @throws RowFault when one is missing */
export function columnsIn(heading: readonly string[]): (fields: readonly string[]) => Record<Column, string> {
  const missing = COLUMNS.filter((column) => !heading.includes(column));
  if (missing.length > 0) throw new RowFault(`its heading lacks ${missing.join(', ')}; a trading file has ${COLUMNS.join(', ')}`);
  const places = COLUMNS.map((column) => [column, heading.indexOf(column)] as const);
  return (fields) =>
    Object.fromEntries(places.map(([column, place]) => [column, (fields[place] ?? '').trim()])) as Record<Column, string>;
}

/** @throws RowFault when the fields cannot be a line of the books */
export function rowOf(line: number, fields: Record<Column, string>): Row {
  return {
    line,
    invoice: matching('InvoiceNo', fields.InvoiceNo, ID_PATTERN),
    sku: matching('StockCode', fields.StockCode, SKU_PATTERN),
    description: fields.Description,
    quantity: quantityOf(fields.Quantity),
    price: priceOf(fields.UnitPrice),
    happenedAt: timeOf(fields.InvoiceDate),
    customer: fields.CustomerID === '' ? '' : matching('CustomerID', fields.CustomerID, ID_PATTERN),
  };
}

function matching(column: Column, text: string, pattern: RegExp): string {
  if (pattern.test(text)) return text;
  throw new RowFault(`has the ${column} "${shortened(text)}", which is none`);
}

function quantityOf(text: string): number {
  const quantity = /^-?\d{1,9}$/.test(text) ? Number(text) + 0 : NaN;
  if (Math.abs(quantity) <= MAX_QUANTITY) return quantity;
  throw new RowFault(`has the Quantity "${shortened(text)}", which is no whole number of at most ${MAX_QUANTITY}`);
}

const PRICE = /^(-?)(\d{1,9})(?:\.(\d{1,6}))?$/;
/** Pence are two decimals; what is finer becomes the price of 10, 100 or more units. */
const MINOR_DIGITS = 2;

function priceOf(text: string): UnitPrice {
  const [, sign, whole = '', fraction = ''] = PRICE.exec(text) ?? [];
  if (sign === undefined) throw new RowFault(`has the UnitPrice "${shortened(text)}", which is no amount`);
  const digits = fraction.replace(/0+$/, '').padEnd(MINOR_DIGITS, '0');
  const amountMinor = Number(`${sign}${whole}${digits}`) + 0;
  const baseQuantity = 10 ** (digits.length - MINOR_DIGITS);
  return { amountMinor, currency: CURRENCY, ...(baseQuantity > 1 && { baseQuantity }) };
}

const TIME = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})$/;

function timeOf(text: string): string {
  const [, date = '', time = ''] = TIME.exec(text) ?? [];
  const iso = `${date}T${time}.000Z`;
  const milliseconds = Date.parse(iso);
  // The calendar is asked back, because some readers take February 30 for March 2.
  if (!Number.isNaN(milliseconds) && new Date(milliseconds).toISOString() === iso) return iso;
  throw new RowFault(`has the InvoiceDate "${shortened(text)}", which is no time like 2010-12-01 08:26:00`);
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

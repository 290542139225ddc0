/** An element that is there. */
export type Present = string | number | boolean;

/** Elements that all take the same number of bytes: the OID of their type, how many bytes, and how one is put down. */
interface Fixed {
  oid: number;
  bytes: number;
  put: (view: DataView, at: number, value: Present) => void;
}

const HEADER_BYTES = 20;
const EMPTY_BYTES = 12;
const LENGTH_BYTES = 4;
const NO_VALUE = -1;
const WORDS_OF_UUID = 4;
/** PostgreSQL counts microseconds from 2000-01-01. */
const EPOCH_MS = Date.UTC(2000, 0, 1);

const TYPES = {
  boolean: { oid: 16, bytes: 1, put: (view, at, value) => view.setInt8(at, truth(value)) },
  bigint: { oid: 20, bytes: 8, put: (view, at, value) => putBig(view, at, whole(value)) },
  smallint: { oid: 21, bytes: 2, put: (view, at, value) => view.setInt16(at, within(value, 2 ** 15)) },
  int: { oid: 23, bytes: 4, put: (view, at, value) => view.setInt32(at, within(value, 2 ** 31)) },
  'double precision': { oid: 701, bytes: 8, put: (view, at, value) => view.setFloat64(at, numeric(value)) },
  timestamptz: { oid: 1184, bytes: 8, put: (view, at, value) => putBig(view, at, microseconds(value)) },
  uuid: { oid: 2950, bytes: 16, put: putUuid },
} satisfies Record<string, Fixed>;

export type FixedType = keyof typeof TYPES;

export function isFixed(type: string): type is FixedType {
  return type in TYPES;
}

/** See `binaryArray`. */
export function fixedArray(type: FixedType, values: readonly (Present | null)[]): Buffer {
  const { oid, bytes, put }: Fixed = TYPES[type];
  // From Node's pool, where a small one costs next to nothing; every byte that is handed on has been put down.
  const buffer = Buffer.allocUnsafe(HEADER_BYTES + values.length * (LENGTH_BYTES + bytes));
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  view.setInt32(0, values.length > 0 ? 1 : 0);
  view.setInt32(4, values.includes(null) ? 1 : 0);
  view.setInt32(8, oid);
  if (values.length === 0) return buffer.subarray(0, EMPTY_BYTES);
  view.setInt32(12, values.length);
  view.setInt32(16, 1);
  let at = HEADER_BYTES;
  for (const value of values) {
    view.setInt32(at, value === null ? NO_VALUE : bytes);
    at += LENGTH_BYTES;
    if (value === null) continue;
    put(view, at, value);
    at += bytes;
  }
  return buffer.subarray(0, at);
}

function truth(value: Present): number {
  if (typeof value !== 'boolean') throw new RangeError(`${value} is neither true nor false.`);
  return value ? 1 : 0;
}

/** JavaScript would take a text without letters for 0 as well. */
function numeric(value: Present): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number)) throw new RangeError(`${String(value)} is not a number.`);
  return number;
}

function whole(value: Present): number {
  const number = numeric(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${String(value)} is not a whole number below 2^53.`);
  return number;
}

function within(value: Present, limit: number): number {
  const number = whole(value);
  if (number < -limit || number >= limit) throw new RangeError(`${number} is too large for its column.`);
  return number;
}

function putBig(view: DataView, at: number, value: number): void {
  view.setInt32(at, Math.floor(value / 2 ** 32));
  // What is more than 32 bits is cut off, so that this is the lower half, of numbers below zero as well.
  view.setInt32(at + 4, value);
}

let lastTime: Present = '';
let lastMicroseconds = 0;

/** Mostly it is the time of the event before. */
function microseconds(time: Present): number {
  if (time === lastTime) return lastMicroseconds;
  const ms = typeof time === 'string' ? Date.parse(time) : NaN;
  if (Number.isNaN(ms)) throw new RangeError(`${String(time)} is not a time in text.`);
  lastTime = time;
  lastMicroseconds = 1000 * (ms - EPOCH_MS);
  return lastMicroseconds;
}

/** What each letter counts as a hexadecimal digit. */
const DIGITS = new Int8Array(128).fill(-1);
for (const letter of '0123456789abcdefABCDEF') DIGITS[letter.charCodeAt(0)] = parseInt(letter, 16);
const DASH = '-'.charCodeAt(0);

function putUuid(view: DataView, start: number, value: Present): void {
  const text = String(value);
  let at = 0;
  for (let n = 0; n < WORDS_OF_UUID; n++) {
    let word = 0;
    for (let digits = 0; digits < 8; at++) {
      const code = text.charCodeAt(at);
      if (code === DASH) continue;
      const digit = DIGITS[code] ?? -1;
      if (digit < 0) throw new RangeError(`${text} is not a UUID.`);
      word = (word << 4) | digit;
      digits++;
    }
    view.setInt32(start + 4 * n, word);
  }
  if (at !== text.length) throw new RangeError(`${text} is not a UUID.`);
}

import { fixedArray, isFixed, type FixedType, type Present } from './array-fixed';

/** An element; null is none. */
export type Element = Present | null;
/** Types of elements whose arrays can be made here, by their PostgreSQL names. */
export type BinaryType = FixedType | 'text' | 'json';

const TEXT_OIDS = { text: 25, json: 114 };

export function isBinaryType(type: string): type is BinaryType {
  return type in TEXT_OIDS || isFixed(type);
}

/**
 * A PostgreSQL array in its binary format, as `array_recv` reads it; the driver sends a buffer as it is. In text the server reads
 * names letter by letter and numbers digit by digit, which is an eighth of what writing an event costs it. The format: how many
 * dimensions, whether there are nulls, the OID of the elements' type, how many they are, the index of the first; then
 * each element after its length in bytes, which is -1 for null.
 * @throws RangeError when a value is none of the type
 */
export function binaryArray(type: BinaryType, values: readonly Element[]): Buffer {
  if (type === 'text' || type === 'json') return textArray(TEXT_OIDS[type], values);
  return fixedArray(type, values);
}

/** Four bytes, most significant first, as characters below 256. */
function word(value: number): string {
  return String.fromCharCode((value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
}

const KNOWN_LENGTHS = Array.from({ length: 4096 }, (_, length) => word(length));
const NOTHING = word(-1);

/**
 * Lengths and texts are put together as one string and become bytes at once: a call for each text would cost more than all the rest.
 * That is right as long as every character is one byte.
 */
function textArray(oid: number, values: readonly Element[]): Buffer {
  const nulls = values.includes(null) ? 1 : 0;
  if (values.length === 0) return Buffer.from(word(0) + word(0) + word(oid), 'latin1');
  const head = word(1) + word(nulls) + word(oid) + word(values.length) + word(1);
  const texts = values.map(textOf);
  const all = texts.join('');
  const isPlain = Buffer.byteLength(all) === all.length;
  const ofBytes = isPlain ? texts : texts.map((text) => text && Buffer.from(text).toString('latin1'));
  return Buffer.from(head + ofBytes.map(piece).join(''), 'latin1');
}

/** Rows are not checked by anybody before: what is no text, and would be written as `[object Object]`, is refused. */
function textOf(value: unknown): string | null {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new RangeError(`A value of type ${typeof value} is not a text.`);
}

function piece(text: string | null): string {
  return text === null ? NOTHING : (KNOWN_LENGTHS[text.length] ?? word(text.length)) + text;
}

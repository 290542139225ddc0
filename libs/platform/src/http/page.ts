import { invalidInput } from './problems';

const MOST = 200;
const USUAL = 50;

/** What a row is found by in its order: `[placedAt, id]`. */
export type CursorKey = readonly (string | number)[];

/** A part of a list that a caller asks for. */
export interface PageRequest {
  /** The key of the last row that the caller has; undefined: from the beginning. */
  after: CursorKey | undefined;
  limit: number;
  /** How many rows to fetch: one more than `limit`, which tells whether there are more. */
  take: number;
}

export interface Page<T> {
  items: T[];
  /** What to send as `cursor` for the rows that follow; null at the end. */
  next: string | null;
}

/** Reads `cursor` and `limit` (1 to 200, 50 when absent) from the query of a list. */
export function pageRequest({ cursor, limit }: { cursor?: string; limit?: string }): PageRequest {
  const rows = limit === undefined ? USUAL : limitOf(limit);
  return { after: cursor === undefined ? undefined : keyIn(cursor), limit: rows, take: rows + 1 };
}

/** A page of rows that were fetched with `take`; `keyOf` says what the row is found by. */
export function pageOf<T>(rows: readonly T[], limit: number, keyOf: (row: T) => CursorKey): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null };
}

function encodeCursor(key: CursorKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function keyIn(cursor: string): CursorKey {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(key) && key.every(isKeyPart)) return key;
  } catch {
    // Told below, with what is wrong in any other way.
  }
  throw foreignCursor(`The cursor "${cursor.slice(0, 40)}" is none that was handed out here.`);
}

/** PostgreSQL knows no text with a NUL in it. */
function isKeyPart(part: unknown): part is string | number {
  return typeof part === 'number' || (typeof part === 'string' && !part.includes('\0'));
}

/** The row after which a list goes on that is ordered by a time and, within it, by id; undefined at its beginning. */
export function timeKey(after: CursorKey | undefined): { at: string; id: string } | undefined {
  if (!after) return undefined;
  const [at, id] = after;
  if (typeof at === 'string' && typeof id === 'string' && !Number.isNaN(Date.parse(at))) return { at, id };
  throw foreignCursor('The cursor is of another list.');
}

function foreignCursor(detail: string): Error {
  const remedy = 'Send `next` of the page before unchanged, or leave `cursor` out to begin at the start.';
  return invalidInput('invalid-cursor', detail, remedy);
}

function limitOf(text: string): number {
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= MOST) return limit;
  throw invalidInput('invalid-limit', `The limit is "${text.slice(0, 40)}".`, `Send limit as an integer from 1 to ${MOST}.`);
}

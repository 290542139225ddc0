/**
 * Which reservation holds how many units of one SKU at one place. A hot SKU has thousands of open reservations and as many
 * changes a second, so it is a tree: a change copies one path of it and leaves the rest alone. The units of a node
 * are always the sum of what is below it, so that no counter can drift from the reservations.
 */
export type Holds = Leaf | Branch;

interface Leaf {
  readonly units: number;
  readonly byReservation: Readonly<Record<string, number>>;
}

interface Branch {
  readonly units: number;
  readonly branches: readonly Holds[];
}

const LEAF_SIZE = 16;
const DIGIT_BITS = 4;
const FANOUT = 1 << DIGIT_BITS;
const MAX_DEPTH = 32 / DIGIT_BITS;

export const NO_HOLDS: Holds = { units: 0, byReservation: {} };

/** The same holds, and `units` for this reservation; none of it any more when `units` is 0. */
export function withHold(holds: Holds, reservationId: string, units: number): Holds {
  return changed(holds, { reservationId, units, hash: hashOf(reservationId) }, 0);
}

/** The units that one reservation holds; 0 when it holds none. */
export function heldBy(holds: Holds, reservationId: string): number {
  const hash = hashOf(reservationId);
  let node = holds;
  for (let depth = 0; 'branches' in node; depth++) node = node.branches[digit(hash, depth)] ?? NO_HOLDS;
  return node.byReservation[reservationId] ?? 0;
}

interface Change {
  reservationId: string;
  units: number;
  hash: number;
}

function changed(node: Holds, change: Change, depth: number): Holds {
  if ('branches' in node) {
    const slot = digit(change.hash, depth);
    return branch(node.branches.with(slot, changed(node.branches[slot] ?? NO_HOLDS, change, depth + 1)));
  }
  const next = withEntry(node.byReservation, change);
  return depth < MAX_DEPTH && Object.keys(next).length > LEAF_SIZE ? split(next, depth) : leaf(next);
}

function withEntry(entries: Readonly<Record<string, number>>, { reservationId, units }: Change): Record<string, number> {
  const next: Record<string, number> = {};
  for (const id in entries) if (id !== reservationId) next[id] = entries[id] ?? 0;
  if (units !== 0) next[reservationId] = units;
  return next;
}

function split(byReservation: Record<string, number>, depth: number): Holds {
  const parts = Array.from({ length: FANOUT }, (): Record<string, number> => ({}));
  for (const [id, units] of Object.entries(byReservation)) {
    const part = parts[digit(hashOf(id), depth)];
    if (part) part[id] = units;
  }
  return branch(parts.map(leaf));
}

function leaf(byReservation: Record<string, number>): Holds {
  let units = 0;
  for (const id in byReservation) units += byReservation[id] ?? 0;
  return { units, byReservation };
}

function branch(branches: readonly Holds[]): Holds {
  const units = branches.reduce((sum, node) => sum + node.units, 0);
  // A hold is never empty, so no units means that nobody holds any.
  return units === 0 ? NO_HOLDS : { units, branches };
}

const digit = (hash: number, depth: number): number => (hash >>> (depth * DIGIT_BITS)) & (FANOUT - 1);

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

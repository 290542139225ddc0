/**
 * Which reservation holds how many units of one SKU at one place. A hot SKU has thousands of open reservations and as many
 * changes a second, so it is a tree: a change copies one path of it and leaves the rest alone. The units of a node
 * are always the sum of what is below it, so that no counter can drift from the reservations.
 */
export type Holds = Leaf | Branch;

interface Leaf {
  readonly units: number;
  /** An array, because copying a short one costs next to nothing. */
  readonly holds: readonly Hold[];
}

interface Branch {
  readonly units: number;
  readonly branches: readonly Holds[];
}

interface Hold {
  readonly reservationId: string;
  readonly units: number;
}

const LEAF_SIZE = 16;
const DIGIT_BITS = 4;
const FANOUT = 1 << DIGIT_BITS;
const MAX_DEPTH = 32 / DIGIT_BITS;

export const NO_HOLDS: Holds = { units: 0, holds: [] };

/** The same holds, and `units` for this reservation; none of it any more when `units` is 0. */
export function withHold(holds: Holds, reservationId: string, units: number): Holds {
  return changed(holds, { reservationId, units }, { hash: hashOf(reservationId), depth: 0 });
}

/** The units that one reservation holds; 0 when it holds none. */
export function heldBy(holds: Holds, reservationId: string): number {
  const hash = hashOf(reservationId);
  let node = holds;
  for (let depth = 0; 'branches' in node; depth++) node = node.branches[digit({ hash, depth })] ?? NO_HOLDS;
  return node.holds.find((hold) => hold.reservationId === reservationId)?.units ?? 0;
}

/** Where in the tree: at each depth another digit of the hash says which branch. */
interface Place {
  hash: number;
  depth: number;
}

function changed(node: Holds, hold: Hold, place: Place): Holds {
  if ('branches' in node) {
    const slot = digit(place);
    const below = changed(node.branches[slot] ?? NO_HOLDS, hold, { ...place, depth: place.depth + 1 });
    return branch(node.branches.with(slot, below));
  }
  const holds = node.holds.filter(({ reservationId }) => reservationId !== hold.reservationId);
  if (hold.units !== 0) holds.push(hold);
  return holds.length > LEAF_SIZE && place.depth < MAX_DEPTH ? split(holds, place.depth) : leaf(holds);
}

function split(holds: readonly Hold[], depth: number): Holds {
  const parts = Array.from({ length: FANOUT }, (): Hold[] => []);
  for (const hold of holds) parts[digit({ hash: hashOf(hold.reservationId), depth })]?.push(hold);
  return branch(parts.map(leaf));
}

function leaf(holds: readonly Hold[]): Holds {
  return { units: sum(holds), holds };
}

function branch(branches: readonly Holds[]): Holds {
  const units = sum(branches);
  // A hold is never empty, so no units means that nobody holds any.
  return units === 0 ? NO_HOLDS : { units, branches };
}

function sum(parts: readonly { units: number }[]): number {
  let units = 0;
  for (const part of parts) units += part.units;
  return units;
}

const digit = ({ hash, depth }: Place): number => (hash >>> (depth * DIGIT_BITS)) & (FANOUT - 1);

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

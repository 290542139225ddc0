import { unitsOfLots, type LotUnits } from '#libs/contracts';

/** What is left of a lot at one place. */
export interface Lot {
  lot: string;
  /** The last day on which it may be sold; absent: it does not expire. */
  expiresOn?: string;
  /** On hand. */
  units: number;
  /** On hand, and kept from sale. */
  kept: number;
}

/** The lots of a SKU at a place, the one that expires first in front: first expired, first out. Units of no lot are not in it. */
export type Lots = readonly Lot[];

/** By how much a lot changes. */
interface Change {
  units: number;
  kept: number;
}

/** What is left after units of lots came, went, or were put aside, each so many times as `by` says. */
export function withLots(lots: Lots | undefined, moved: readonly LotUnits[] | undefined, by: Partial<Change>): Lots | undefined {
  if (!moved || moved.length === 0) return lots;
  const left = new Map((lots ?? []).map((lot) => [lot.lot, lot]));
  for (const { lot, quantity, expiresOn } of moved) {
    const { units, kept, ...known } = left.get(lot) ?? { lot, units: 0, kept: 0, ...(expiresOn !== undefined && { expiresOn }) };
    left.set(lot, { ...known, units: units + quantity * (by.units ?? 0), kept: kept + quantity * (by.kept ?? 0) });
  }
  const some = [...left.values()].filter(({ units, kept }) => units !== 0 || kept !== 0).sort(firstExpired);
  return some.length > 0 ? some : undefined;
}

/** What does not expire comes last; lots of one day in the order of their numbers, so that everybody picks the same. */
function firstExpired(a: Lot, b: Lot): number {
  const days = [a.expiresOn ?? '9999', b.expiresOn ?? '9999'] as const;
  if (days[0] !== days[1]) return days[0] < days[1] ? -1 : 1;
  return a.lot < b.lot ? -1 : 1;
}

/** From its last day on the day after. */
export function hasExpired({ expiresOn }: { expiresOn?: string }, today: string): boolean {
  return expiresOn !== undefined && expiresOn < today;
}

/** What is on a shelf: lots, and units beside them. */
interface Shelf {
  onHand: number;
  quarantined?: number;
  lots?: Lots;
}

/**
 * Which lots so many units are taken from, and how many of each; the rest is of no lot. Good lots first, the first to expire in
 * front, then units of no lot, and what has expired only when there is nothing else: somebody has taken it, then.
 */
export function picked(shelf: Shelf, quantity: number, today: string): LotUnits[] {
  const { lots } = shelf;
  if (!lots) return [];
  const good = taken(
    lots.filter((lot) => !hasExpired(lot, today)),
    quantity,
  );
  const left = quantity - unitsOfLots(good) - ofNoLot(shelf);
  if (left <= 0) return good;
  return [
    ...good,
    ...taken(
      lots.filter((lot) => hasExpired(lot, today)),
      left,
    ),
  ];
}

/** Which lots are missed when so many units are gone and nobody knows how: units of no lot first. */
export function missed(shelf: Shelf, quantity: number): LotUnits[] {
  return shelf.lots ? taken(shelf.lots, quantity - ofNoLot(shelf)) : [];
}

/** The first of some lots, up to so many units that are not kept from sale. */
function taken(lots: Lots, quantity: number): LotUnits[] {
  const found: LotUnits[] = [];
  let left = quantity;
  for (const { lot, expiresOn, units, kept } of lots) {
    const take = Math.min(left, units - kept);
    if (take <= 0) continue;
    found.push({ lot, quantity: take, ...(expiresOn !== undefined && { expiresOn }) });
    left -= take;
  }
  return found;
}

/** Units for sale that are of no lot. */
function ofNoLot({ onHand, quarantined = 0, lots = [] }: Shelf): number {
  return Math.max(0, onHand - quarantined - lots.reduce((sum, { units, kept }) => sum + units - kept, 0));
}

/** The first of these units, up to so many, and what remains of them. */
export function firstOf(lots: readonly LotUnits[], quantity: number): LotUnits[] {
  const found: LotUnits[] = [];
  let left = quantity;
  for (const some of lots) {
    const take = Math.min(left, some.quantity);
    if (take > 0) found.push({ ...some, quantity: take });
    left -= take;
  }
  return found;
}

/** What remains of some units when others are taken away. */
export function less(lots: readonly LotUnits[], gone: readonly LotUnits[]): LotUnits[] {
  return lots
    .map((some) => ({ ...some, quantity: some.quantity - unitsOfLots(gone.filter(({ lot }) => lot === some.lot)) }))
    .filter(({ quantity }) => quantity > 0);
}

/** `lots` where there are any: an event of units without a lot says nothing of lots. */
export const noting = (lots: LotUnits[] | undefined): { lots?: LotUnits[] } => (lots && lots.length > 0 ? { lots } : {});

/** The day of a moment, in UTC. */
export const dayOfMoment = (now: string): string => now.slice(0, 10);

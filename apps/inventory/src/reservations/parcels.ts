import { stockedLines, type HeldGoods, type Parcel } from '#libs/contracts';

/** All goods of some parcels: under the place of the one with the most units. */
export function goodsIn(parcels: readonly Parcel[]): HeldGoods {
  const [first, ...more] = [...parcels].sort((a, b) => unitsOf(b) - unitsOf(a));
  if (!first) throw new Error('There are no goods without a parcel.');
  if (more.length === 0) return first;
  return { location: first.location, lines: stockedLines(parcels.flatMap(({ lines }) => lines)), parcels: [first, ...more] };
}

/** The goods alone, of whatever holds them. */
export function goodsOf({ location, lines, parcels }: HeldGoods): HeldGoods {
  return { location, lines, ...(parcels && { parcels }) };
}

const unitsOf = ({ lines }: Parcel): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

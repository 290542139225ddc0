import { due, NO_FLOWS, plus, type Due, type Flows } from './flows';

/** A SKU at one place: what its movements add up to, and what the books of availability have. Undefined: they do not know of it. */
export interface Account {
  location: string;
  flows: Flows | undefined;
  books: Due | undefined;
}

/** Where a unit has come from nowhere, or gone nowhere. */
export interface Breach {
  sku: string;
  /** Null: the SKU as a whole, because what places have sent is not what places wait for. */
  location: string | null;
  quantity: 'on-hand' | 'in-transit';
  /** What the movements add up to. */
  due: number;
  /** What the books have. */
  booked: number;
}

const NOTHING: Due = { onHand: 0, inTransit: 0 };

/** All breaches of one SKU: at each of its places, and between them. */
export function breachesOf(sku: string, accounts: readonly Account[]): Breach[] {
  const found = accounts.flatMap(({ location, flows, books = NOTHING }) => [
    ...differing({ sku, location, quantity: 'on-hand', due: due(flows ?? NO_FLOWS).onHand, booked: books.onHand }),
    ...differing({ sku, location, quantity: 'in-transit', due: due(flows ?? NO_FLOWS).inTransit, booked: books.inTransit }),
  ]);
  const { sent, announced } = total(accounts);
  return [...found, ...differing({ sku, location: null, quantity: 'in-transit', due: sent, booked: announced })];
}

/** What became of a SKU over all its places. */
export function total(accounts: readonly Account[]): Flows {
  return accounts.reduce((sum, { flows }) => plus(sum, flows ?? {}), { ...NO_FLOWS });
}

const differing = (breach: Breach): Breach[] => (breach.due === breach.booked ? [] : [breach]);

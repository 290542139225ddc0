import { CHANNEL_OF, type SaleEntry, type SaleKind } from '../sales/sale-entry';

/** What a customer's documents of one kind add up to; `minor` by currency, net of what was taken back. */
export interface Dealings {
  documents: number;
  lines: number;
  units: number;
  minor: Record<string, number>;
}

/** Everything that a customer did, in every channel. */
export interface Customer {
  /** When something of theirs happened for the first time, and for the last. */
  firstSeen: string;
  lastSeen: string;
  byKind: Partial<Record<SaleKind, Dealings>>;
}

const NOTHING: Dealings = { documents: 0, lines: 0, units: 0, minor: {} };

/**
 * The customer after one more entry. Sums, first and last come out the same whatever the order of the entries, which come from
 * several streams.
 */
export function withEntry(known: Customer | undefined, entry: SaleEntry, happenedAt: string): Customer {
  const before = known?.byKind[entry.kind] ?? NOTHING;
  const after = {
    documents: before.documents + entry.documents,
    lines: before.lines + entry.lines,
    units: before.units + entry.units,
    minor: withAmount(before.minor, entry),
  };
  return {
    firstSeen: known && known.firstSeen < happenedAt ? known.firstSeen : happenedAt,
    lastSeen: known && known.lastSeen > happenedAt ? known.lastSeen : happenedAt,
    byKind: { ...known?.byKind, [entry.kind]: after },
  };
}

function withAmount(minor: Dealings['minor'], { currency, amountMinor }: SaleEntry): Dealings['minor'] {
  return currency === null ? minor : { ...minor, [currency]: (minor[currency] ?? 0) + amountMinor };
}

/** A customer whose sums are kept, and of whom nothing else may be known any more. */
export interface KnownCustomer extends Customer {
  /** When they were erased, for the last time; whatever was sealed before is unreadable. */
  erasedAt?: string;
}

/** A customer as they are read. */
export interface CustomerResource extends KnownCustomer {
  id: string;
  channels: string[];
  documents: number;
  /** By currency, net of what was taken back. */
  netMinor: Record<string, number>;
}

export function customerResource(id: string, { firstSeen, lastSeen, byKind, erasedAt }: KnownCustomer): CustomerResource {
  const kinds = Object.keys(byKind) as SaleKind[];
  const channels = new Set(kinds.flatMap((kind) => CHANNEL_OF[kind] ?? []));
  const netMinor: Record<string, number> = {};
  let documents = 0;
  for (const dealings of Object.values(byKind)) {
    documents += dealings.documents;
    for (const [currency, minor] of Object.entries(dealings.minor)) netMinor[currency] = (netMinor[currency] ?? 0) + minor;
  }
  return { id, channels: [...channels].sort(), documents, netMinor, firstSeen, lastSeen, byKind, ...(erasedAt && { erasedAt }) };
}

import { CHANNEL_OF, type Channel, type SaleKind } from './sale-entry';

/** What the entries of one kind in one currency add up to. */
export interface SalesSum {
  kind: SaleKind;
  /** Null where there is no money in it. */
  currency: string | null;
  documents: number;
  lines: number;
  units: number;
  minor: number;
}

interface KindTotals {
  documents: number;
  lines: number;
  units: number;
  minor: number;
}

/** The books of trade in one currency; what has no money in it counts in every currency. */
export interface SalesSummary {
  documents: number;
  lines: number;
  units: number;
  netMinor: number;
  /** Null when nothing was sold. */
  currency: string | null;
  /** In which currencies there is more: ask again with one of them. */
  otherCurrencies: string[];
  byKind: Partial<Record<SaleKind, KindTotals>>;
}

/** Adds up what is in `wanted`, or in the currency of most documents. */
export function summaryOf(sums: readonly SalesSum[], wanted?: string): SalesSummary {
  const currencies = currenciesOf(sums);
  const currency = wanted ?? currencies[0] ?? null;
  const summary: SalesSummary = {
    ...{ documents: 0, lines: 0, units: 0, netMinor: 0, currency },
    otherCurrencies: currencies.filter((other) => other !== currency),
    byKind: {},
  };
  for (const { kind, documents, lines, units, minor } of sums.filter(
    (sum) => sum.currency === null || sum.currency === currency,
  )) {
    summary.documents += documents;
    summary.lines += lines;
    summary.units += units;
    summary.netMinor += minor;
    summary.byKind[kind] = { documents, lines, units, minor };
  }
  return summary;
}

/** The one with most documents first. */
function currenciesOf(sums: readonly SalesSum[]): string[] {
  const documents = new Map<string, number>();
  for (const sum of sums) {
    if (sum.currency !== null) documents.set(sum.currency, (documents.get(sum.currency) ?? 0) + sum.documents);
  }
  return [...documents].sort(([a, most], [b, more]) => more - most || (a < b ? -1 : 1)).map(([currency]) => currency);
}

/** What a channel sold in one currency, net of returns. */
export interface ChannelTotal {
  channel: Channel;
  currency: string;
  documents: number;
  units: number;
  minor: number;
}

/** Sums of trade by channel and currency; corrections of the books belong to no channel. */
export function totalsByChannel(sums: readonly SalesSum[]): ChannelTotal[] {
  const totals = new Map<string, ChannelTotal>();
  for (const { kind, currency, documents, units, minor } of sums) {
    const channel = CHANNEL_OF[kind];
    if (channel === null || currency === null) continue;
    const name = `${channel} ${currency}`;
    const sum = totals.get(name) ?? { channel, currency, documents: 0, units: 0, minor: 0 };
    totals.set(name, {
      ...sum,
      documents: sum.documents + documents,
      units: sum.units + units,
      minor: sum.minor + minor,
    });
  }
  return [...totals.values()];
}

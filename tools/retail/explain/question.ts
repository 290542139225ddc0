import { UsageError } from '../command';

export const FIGURES = ['available', 'onHand', 'reserved', 'inTransit'] as const;
export type Figure = (typeof FIGURES)[number];

/** What somebody wants to know: one figure of the stock of a SKU, everywhere or at one location, now or as of a moment. */
export interface Question {
  sku: string;
  location?: string;
  figure: Figure;
  /** The parameters of the route that say of which moment. */
  moment: Readonly<Record<string, string>>;
}

interface Told {
  figure?: string | undefined;
  axis?: string | undefined;
  'known-at'?: string | undefined;
}

/**
 * Reads `stock:SKU`, `stock:SKU@LOCATION` or the same without `stock:`, and what the options say of figure and moment.
 * @throws UsageError
 */
export function questionOf(what: string | undefined, told: Told, asOf?: string): Question {
  const [, sku, location] = /^(?:stock:)?([^:@]+)(?:@([^:@]+))?$/.exec(what ?? '') ?? [];
  if (sku === undefined) throw new UsageError(`Name a stock to look at: stock:SKU or stock:SKU@LOCATION.`);
  const figure = FIGURES.find((known) => known === (told.figure ?? 'available'));
  if (!figure) throw new UsageError(`--figure is "${told.figure ?? ''}". Name one of ${FIGURES.join(', ')}.`);
  const parts = Object.entries({ asOf, axis: told.axis, knownAt: told['known-at'] });
  const moment = Object.fromEntries(parts.filter((part): part is [string, string] => part[1] !== undefined));
  return { sku, ...(location !== undefined && { location }), figure, moment };
}

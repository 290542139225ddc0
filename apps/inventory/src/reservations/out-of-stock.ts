import type { StockLine } from '#libs/contracts';
import { Refusal, type StateOf } from '#libs/eventsourcing/vocabulary';
import type { Proposal } from '../sourcing/proposal';
import { NOWHERE, unitsFor, type Shelf } from '../sourcing/territory';
import { channelOf, shortAt, type Asked } from './hold';
import type { Shortage } from './reservation';

/** What is to be held, where that may be, and what else is known of it. */
export interface Choice extends Proposal {
  /** One line per SKU; bundles are taken apart. */
  lines: StockLine[];
  /** Where each line seems to be, in their order. */
  shelves: readonly Shelf[];
  /** The place that holds the goods and cannot give them. */
  from?: string;
}

/** Another place where a SKU seems to be. */
interface Elsewhere {
  location: string;
  available: number;
}

const MAX_PLACES = 5;

/** What somebody is told who asks for more than there is: what is short, how much of it is there, and where else it seems to be. */
export function outOfStock(asked: Asked, choice: Choice, stateOf: StateOf): Refusal {
  const [closest] = choice.candidates
    .map(({ location }) => ({ location, lacking: shortAt(location, asked, stateOf) }))
    .sort((a, b) => a.lacking.length - b.lacking.length);
  const lacking = closest?.lacking ?? choice.lines.map(({ sku, quantity }) => ({ sku, requested: quantity, available: 0 }));
  const short = lacking.map((line) => {
    const shelf = choice.shelves[choice.lines.findIndex(({ sku }) => sku === line.sku)];
    return { ...line, elsewhere: elsewhere(asked, shelf, closest?.location) };
  });
  const facts = { channel: asked.channel, ...(closest && { location: closest.location }), short };
  const refusal = new Refusal('out-of-stock', inWords(lacking, closest?.location), remedyOf(short), 'conflict');
  return Object.assign(refusal, { facts });
}

function elsewhere(asked: Asked, shelf: Shelf = NOWHERE, tried?: string): Elsewhere[] {
  const channel = channelOf(asked);
  return shelf.territory.ids
    .map((location, n) => ({ location, available: unitsFor(channel, shelf.available[n] ?? 0) }))
    .filter(({ location, available }) => location !== tried && available > 0)
    .sort((a, b) => b.available - a.available || (a.location < b.location ? -1 : 1))
    .slice(0, MAX_PLACES);
}

const MAX_NAMED = 3;

function inWords(short: Shortage, location: string | undefined): string {
  const named = short.slice(0, MAX_NAMED).map(({ sku, requested, available }) => `${available} of ${requested} ${sku}`);
  const more = short.length > MAX_NAMED ? ` and ${short.length - MAX_NAMED} more` : '';
  const where = location === undefined ? 'No place has all of it' : `${location} can promise no more`;
  return `${where}: ${named.join(', ')}${more}. Nothing was reserved.`;
}

function remedyOf(short: readonly { elsewhere: readonly Elsewhere[] }[]): string {
  return short.every((line) => line.elsewhere.length > 0)
    ? 'Ask for as much as `short` says is available, or at a place that it names under `elsewhere`.'
    : 'Ask for as much as `short` says is available, or when goods have come in.';
}

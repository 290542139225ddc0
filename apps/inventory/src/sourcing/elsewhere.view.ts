import { parcelsOf, type GeoPoint, type Sourced, type SourcingDecision } from '#libs/contracts';
import { Streams, type Resolve } from '#libs/eventsourcing';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { Vault } from '#libs/privacy';
import { location as place } from '../locations/location';
import type { Choice } from '../reservations/out-of-stock';
import { reservation } from '../reservations/reservation';
import { leaving, notAgain, type SourceAgain } from '../reservations/source-again';
import { Search } from './search';
import { noted } from './noted.view';
import type { Wanted } from './place';
import { everywhere } from './proposal';
import { RuleBook } from './rule-book.provider';
import { StockMap } from './stock-map.view';

const NOTHING: Choice = { lines: [], candidates: [], shelves: [] };

/** What `SourceAgain` decides on: every place that could hold what one place cannot give, but for those that hold or have failed it. */
export async function whereElse({ reservationId, location, at }: SourceAgain, get: Resolve): Promise<Choice> {
  const { state: held, version } = await get(Streams).read(reservation, reservationId);
  const parcel = held.status === 'held' ? leaving(held, location) : undefined;
  if (held.status !== 'held' || !parcel) return NOTHING;
  const { sourced, decision } = await lastDecision(reservationId, version, get);
  const deliverTo = decision.deliverTo ?? (await whereIs(parcel.location, get));
  const { demand, channel } = held;
  const { lines } = parcel;
  const how = { at, ...(channel && { channel }), ...(decision.service && { service: decision.service }) };
  const wanted: Wanted = { demand, lines, deliverTo, ...how };
  const [where, rule] = await Promise.all([get(StockMap).completely(lines.map(({ sku }) => sku)), get(RuleBook).inForce()]);
  const parcelsLeft = rule.maxParcels - parcelsOf(held).length + 1;
  const { decision: next, ...found } = everywhere(new Search(wanted, where, rule, notAgain(held)), parcelsLeft);
  const about = { id: `${reservationId}@${version}`, demand, beside: sourced.sealedSourcing };
  return {
    ...{ lines, from: parcel.location, shelves: where.shelves },
    ...found,
    sourced: await noted(about, rule, { decision: next, get }),
  };
}

interface Last {
  sourced: Sourced;
  decision: Partial<SourcingDecision>;
}

/** Where the goods go is in the last decision about them, and nowhere else. */
async function lastDecision(id: string, version: number, get: Resolve): Promise<Last> {
  let sourced: Sourced = {};
  await get(Streams).walkBack([{ aggregate: reservation, id, before: version + 1 }], ({ data }: RecordedEvent) => {
    const isDecision = 'rule' in (data as object);
    if (isDecision) sourced = data as Sourced;
    return !isDecision;
  });
  const { sealedSourcing } = await get(Vault).reveal({ sealedSourcing: sourced.sealedSourcing });
  return { sourced, decision: sourced.sourcing ?? sealedSourcing ?? {} };
}

/** Whoever's address is not known, or not any more, was near the place that held the goods. */
async function whereIs(location: string, get: Resolve): Promise<GeoPoint | null> {
  const { state } = await get(Streams).read(place, location);
  return state ? { latitude: state.latitude, longitude: state.longitude } : null;
}

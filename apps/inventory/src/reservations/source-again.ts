import { IsIn, IsOptional, Matches } from 'class-validator';
import { ID_PATTERN, MOVE_REASONS, parcelsOf, type MoveReason, type Parcel } from '#libs/contracts';
import { Refusal, to, type DecideAcross, type StreamRef } from '#libs/eventsourcing/vocabulary';
import { promiseEach, releaseEach } from '../stock/promised';
import { stockAt } from '../stock/stock';
import { chosen } from './chosen';
import { unknownReservation } from './direct-reservation';
import { channelOf } from './hold';
import { outOfStock, type Choice } from './out-of-stock';
import { goodsIn } from './parcels';
import { reservation, type Held, type Reservation } from './reservation';

/** A place cannot give what it holds: others shall hold it. */
export class SourceAgain {
  /** From the path. */
  reservationId!: string;

  /** `rejected`: the place said so; `short-pick`: the goods were not there when somebody came for them. */
  @IsIn(MOVE_REASONS)
  reason!: MoveReason;

  /** The place that cannot; it may be left out where only one holds goods. */
  @IsOptional()
  @Matches(ID_PATTERN)
  location?: string;

  /** When it was asked for; from the request. */
  at!: string;
}

/**
 * What the place held is released there and held elsewhere in one step, so that nobody comes between; the place is not asked again
 * for this reservation. Refuses what is not held (any more) or not there, and leaves all as it was when nobody else has it.
 */
export const sourceAgain: DecideAcross<SourceAgain, Choice> = (command, stateOf, { given }) => {
  const { reservationId, reason } = command;
  const held = stillThere(reservationId, stateOf(reservation, reservationId));
  const parcel = leaving(held, command.location) ?? refuse(held, command);
  const { demand, channel } = held;
  const asked = { demand, lines: parcel.lines, ...(channel && { channel }) };
  const found = chosen(asked, given, stateOf);
  if (!found) throw nowhereElse(parcel, outOfStock(asked, given, stateOf));
  const reserved = found.parcels ?? [{ location: found.location, lines: parcel.lines }];
  const goods = goodsIn([...parcelsOf(held).filter(({ location }) => location !== parcel.location), ...reserved]);
  const moved = { from: parcel.location, reason, released: parcel.lines, reserved };
  const data = { reservationId, demand, ...goods, distanceKm: Math.round(found.distanceKm), ...moved, ...found.sourced };
  return [
    to(reservation, reservationId, { type: 'StockReservationMoved', data }),
    ...releaseEach({ location: parcel.location, reservationId }, parcel.lines, stateOf),
    ...reserved.flatMap(({ location, lines }) =>
      promiseEach({ location, reservationId, channel: channelOf(asked) }, lines, stateOf),
    ),
  ];
};

/** The parcel that has to come from elsewhere; undefined where that place holds none, or nobody has said which. */
export function leaving(held: Held, location: string | undefined): Parcel | undefined {
  const parcels = parcelsOf(held);
  return location === undefined && parcels.length === 1 ? parcels[0] : parcels.find((parcel) => parcel.location === location);
}

/** Who has failed it, and who holds some of it already: that place would hold it twice under one name. */
export function notAgain(held: Held): Set<string> {
  return new Set([...(held.failed ?? []), ...parcelsOf(held).map(({ location }) => location)]);
}

/** The reservation, the stocks where it is held, and those of every place that could hold it instead. */
export function movingStreams({ reservationId, location }: SourceAgain, { lines, ...found }: Choice): StreamRef[] {
  const { candidates, parts, from = location } = found;
  const places = [...candidates, ...(parts?.places ?? [])].map((candidate) => candidate.location);
  const all = new Set(from === undefined ? places : [from, ...places]);
  return [{ aggregate: reservation, id: reservationId }, ...[...all].flatMap((place) => stockAt(place, lines))];
}

function stillThere(id: string, state: Reservation): Held {
  if (state.status === 'held') return state;
  if (state.status === 'undecided') throw unknownReservation(id);
  throw new Refusal(
    'reservation-not-held',
    `Reservation ${id} is ${state.status}: there is nothing to source again.`,
    'GET /inventory/reservations/:id says what became of it.',
    'conflict',
  );
}

function refuse(held: Held, { reservationId, location }: SourceAgain): never {
  const places = parcelsOf(held).map((parcel) => parcel.location);
  const detail =
    location === undefined
      ? `Reservation ${reservationId} is held at ${places.length} places, and nobody has said which of them cannot.`
      : `${location} holds nothing of reservation ${reservationId}.`;
  const refusal = new Refusal('not-held-there', detail, `Send the \`location\` that cannot: ${places.join(', ')}.`, 'conflict');
  throw Object.assign(refusal, { facts: { locations: places } });
}

function nowhereElse({ location }: Parcel, { facts }: Refusal): Refusal {
  const refusal = new Refusal(
    'no-other-place',
    `No other place has what ${location} cannot give. Nothing was changed.`,
    'Try again when goods have come in, find them there, or let the order go.',
    'conflict',
  );
  return Object.assign(refusal, facts && { facts });
}

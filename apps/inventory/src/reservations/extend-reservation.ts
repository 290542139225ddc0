import { IsInt, Max, Min } from 'class-validator';
import type { ReservationEvents } from '#libs/contracts';
import { Refusal, type Decide } from '#libs/eventsourcing/vocabulary';
import { MAX_TTL_SECONDS, secondsAfter, stillHeld } from './direct-reservation';
import type { Reservation } from './reservation';

/** Holds goods longer. */
export class ExtendReservation {
  /** From the path. */
  reservationId!: string;

  /** From now on. */
  @IsInt()
  @Min(1)
  @Max(MAX_TTL_SECONDS)
  ttlSeconds!: number;
}

/** Never shortens: what is held longer already has nothing to say. Refuses what is not held any more, and what has no end. */
export const extendReservation: Decide<ExtendReservation, Reservation, ReservationEvents> = (command, state, { now }) => {
  const { reservationId, ttlSeconds } = command;
  const { expiresAt } = stillHeld(reservationId, state, now);
  if (expiresAt === undefined) throw committed(reservationId);
  const until = secondsAfter(now, ttlSeconds);
  return until > expiresAt ? [{ type: 'StockReservationExpirySet', data: { reservationId, expiresAt: until } }] : [];
};

function committed(id: string): Refusal {
  return new Refusal(
    'reservation-committed',
    `Reservation ${id} is committed: it has no end that could be later.`,
    'There is nothing to do; POST /inventory/reservations/:id/release lets the goods go.',
    'conflict',
  );
}

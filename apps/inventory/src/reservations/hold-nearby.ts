import type { DecideAcross } from '#libs/eventsourcing/vocabulary';
import type { Proposal } from '../sourcing/proposal';
import { AllocateOrder } from './allocate-order';
import { chosen } from './chosen';
import { hold } from './hold';
import { reservation } from './reservation';

/**
 * The first, cheap try for every order: nearly always one of the nearest places has everything, and then nothing else
 * needs to be read. It never refuses, because what it knows of the candidates may be old; `AllocateOrder` follows.
 */
export class HoldNearby extends AllocateOrder {}

/** The first candidate whose stocks fill every line holds the order; otherwise nothing is said yet. */
export const holdNearby: DecideAcross<HoldNearby, Proposal> = (order, stateOf, { given }) => {
  if (stateOf(reservation, order.orderId).status !== 'undecided') return [];
  const found = chosen(order, given, stateOf);
  return found ? hold(order, found, stateOf) : [];
};

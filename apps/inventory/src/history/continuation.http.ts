import { invalidInput, type CursorKey } from '#libs/platform';
import type { Moment } from './moment';
import { sum } from './quantities';
import type { LocatedLine, Place } from './stock-history.provider';

/** Where an explanation goes on, and of which moment it is. */
export interface Continuation {
  moment: Moment;
  place: Place;
}

/** What the cursor after a line says; the balance before it is carried along, so that a page never has to look at those before. */
export function keyOf({ event: { version }, location, balance, change }: LocatedLine, moment: Moment): CursorKey {
  const { onHand, reserved, inTransit, quarantined } = sum(balance, change, -1);
  return [moment.happenedBy ?? '', moment.recordedBy ?? '', location, version, onHand, reserved, inTransit, quarantined];
}

/** @throws Problem 400 `invalid-cursor` */
export function continuationIn(key: CursorKey): Continuation {
  const [happenedBy, recordedBy, location, before, ...counted] = key;
  const texts = [happenedBy, recordedBy, location].filter((part) => typeof part === 'string');
  const [onHand, reserved, inTransit, quarantined] = counted;
  const numbers = [before, ...counted].filter((part) => Number.isSafeInteger(part));
  const times = texts.slice(0, 2).every((time) => time === '' || !Number.isNaN(Date.parse(time)));
  if (key.length !== 8 || texts.length !== 3 || numbers.length !== 5 || !times) throw foreignCursor();
  const moment = { ...(happenedBy !== '' && { happenedBy }), ...(recordedBy !== '' && { recordedBy }) } as Moment;
  const place = { location, before, balance: { onHand, reserved, inTransit, quarantined } } as Place;
  return { moment, place };
}

function foreignCursor(): Error {
  const remedy = 'Send `next` of the page before unchanged, or leave `cursor` out to begin at the start.';
  return invalidInput('invalid-cursor', 'The cursor is of another list.', remedy);
}

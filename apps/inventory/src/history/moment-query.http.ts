import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { invalidInput, pastInstantIn } from '#libs/platform';
import type { Moment } from './moment';

/** What a read can be asked about the past. */
export interface MomentQuery {
  asOf?: string;
  axis?: string;
  knownAt?: string;
}

/** How a moment is told in an answer. */
export interface ToldMoment {
  asOf?: string;
  axis?: 'happened' | 'recorded';
  knownAt?: string;
}

/** Says of a route that it can be asked about the past. */
export function AsksOfThePast(): MethodDecorator {
  const parameter = (name: string, description: string): MethodDecorator => ApiQuery({ name, required: false, description });
  return applyDecorators(
    parameter('asOf', 'The moment to look at, ISO 8601, UTC where it names no zone; now when absent'),
    ApiQuery({
      ...{ name: 'axis', required: false, enum: ['happened', 'recorded'] },
      description: 'What counts: what had happened by `asOf` (the default), or what the books had recorded by then',
    }),
    parameter('knownAt', 'With `axis=happened`: counts only what the books had recorded by this moment'),
  );
}

/** Says of a route that it can be asked about one location or about all. */
export function AsksOfALocation(): MethodDecorator {
  return ApiQuery({ name: 'location', required: false, description: 'One location; all that have carried the SKU when absent' });
}

/**
 * The moment that a query is about; undefined when it is about now. `asOf` is on the axis that `axis` names, `happened` when it names
 * none; `knownAt` is on the other one. @throws Problem 400 `invalid-time`, `time-in-the-future`, `invalid-axis`
 */
export function momentIn(query: MomentQuery, now: Date): Moment | undefined {
  const { asOf, axis, knownAt } = query;
  checkAxis(query);
  if (asOf === undefined && knownAt === undefined) return undefined;
  const at = (name: string, text: string | undefined): string | undefined =>
    text === undefined ? undefined : pastInstantIn(name, text, now);
  const isRecorded = axis === 'recorded';
  const happenedBy = isRecorded ? undefined : at('asOf', asOf);
  const recordedBy = isRecorded ? at('asOf', asOf) : at('knownAt', knownAt);
  return { ...(happenedBy !== undefined && { happenedBy }), ...(recordedBy !== undefined && { recordedBy }) };
}

function checkAxis({ asOf, axis, knownAt }: MomentQuery): void {
  if (axis === undefined) return;
  if (axis !== 'happened' && axis !== 'recorded') throw unknownAxis(axis);
  if (asOf === undefined) throw axisAlone();
  if (axis === 'recorded' && knownAt !== undefined) throw recordedTwice();
}

/** The moment in the words in which it was asked for. */
export function told({ happenedBy, recordedBy }: Moment): ToldMoment {
  if (happenedBy === undefined) return recordedBy === undefined ? {} : { asOf: recordedBy, axis: 'recorded' };
  return { asOf: happenedBy, axis: 'happened', ...(recordedBy !== undefined && { knownAt: recordedBy }) };
}

function unknownAxis(axis: string): Error {
  return invalidInput(
    'invalid-axis',
    `The axis is "${axis.slice(0, 40)}".`,
    'Send axis=happened for what had happened by asOf, or axis=recorded for what the books knew then.',
  );
}

function axisAlone(): Error {
  return invalidInput('invalid-axis', 'There is an axis and no moment on it.', 'Send asOf as well, or leave axis out.');
}

function recordedTwice(): Error {
  const detail = 'With axis=recorded, asOf says what the books knew already, and knownAt says it again.';
  return invalidInput('invalid-axis', detail, 'Send knownAt with axis=happened, or leave it out.');
}

import { hash } from 'node:crypto';
import { createParamDecorator, Injectable, type ExecutionContext, type PipeTransform } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { derivedId, type CommandRequest } from '#libs/eventsourcing';
import { callerOf } from '../auth/caller';
import { Clock } from '../app/clock';
import { normalizedTime } from './happened-at';
import { idempotencyKey, ifMatch, preferWait } from './headers';
import { areaOf, headerOf, pathOf } from './request';

/** What comes with a write besides its body; hand it to `dispatch`. */
export interface WriteRequest extends CommandRequest {
  fingerprint: string;
  /** How long the caller wants to wait for the outcome, in milliseconds (`Prefer: wait`); undefined: not at all. */
  waitMs: number | undefined;
  /** A fresh id. It follows from the Idempotency-Key, so that a repeat of the request meets the ids of the first. */
  newId(): string;
  /**
   * The same write, known again by what is given instead of by its body: for a body that says something about a person, whose
   * digest would let others find out by trying.
   */
  knownBy(what: object): WriteRequest;
  /** The same write, happened at another time: ISO 8601, UTC where no zone is named. Refuses what is a day or more ahead. */
  at(happenedAt: string | undefined): WriteRequest;
}

/** Reads what comes with a write from the headers, and refuses a write without Idempotency-Key. */
export function writeRequest(request: FastifyRequest, now: Date): WriteRequest {
  const key = `${areaOf(request)}/${idempotencyKey(headerOf(request, 'idempotency-key'))}`;
  const expectedVersion = ifMatch(headerOf(request, 'if-match'));
  let ids = 0;
  return {
    commandId: derivedId(`command/${key}`),
    fingerprint: fingerprintOf(request, request.body),
    by: callerOf(request).subject,
    now: now.toISOString(),
    waitMs: preferWait(headerOf(request, 'prefer')),
    ...(expectedVersion !== undefined && { expectedVersion }),
    newId: () => derivedId(`id/${ids++}/${key}`),
    knownBy(what) {
      return { ...this, fingerprint: fingerprintOf(request, what) };
    },
    at(happenedAt) {
      return happenedAt === undefined ? this : { ...this, now: normalizedTime(happenedAt, now) };
    },
  };
}

@Injectable()
export class WritePipe implements PipeTransform<FastifyRequest, WriteRequest> {
  constructor(private readonly clock: Clock) {}

  transform(request: FastifyRequest): WriteRequest {
    return writeRequest(request, this.clock.now());
  }
}

/** Tells requests apart: SHA-256 of method, path and body as it was understood, blanks and all else left out. */
function fingerprintOf(request: FastifyRequest, body: unknown): string {
  return hash('sha256', `${request.method} ${pathOf(request.url)}\n${JSON.stringify(body ?? null)}`, 'base64url');
}

const RequestParam = createParamDecorator((_: unknown, context: ExecutionContext) =>
  context.switchToHttp().getRequest<FastifyRequest>(),
);

/** The `WriteRequest` of a write: `place(@Body() body: PlaceOrder, @Write() write: WriteRequest)`. */
export function Write(): ParameterDecorator {
  return RequestParam(WritePipe);
}

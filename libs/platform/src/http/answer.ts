import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Outcome } from '#libs/eventsourcing';

/** A resource together with what HTTP says about it. */
export class Answer<T extends object = object> {
  constructor(
    readonly body: T,
    readonly headers: Readonly<Record<string, string>>,
    readonly status?: number,
  ) {}
}

type Written = Pick<Outcome, 'version' | 'position' | 'created' | 'duplicate'>;

/**
 * The answer to a write: the resource with `version` and `position`, its version as ETag, 201 when it began with this request
 * and 200 otherwise (or the given status). A repeat of an earlier request says so in `Idempotency-Replayed`.
 */
export function written<T extends object>(
  { version, position, created, duplicate }: Written,
  resource: T,
  status = created ? 201 : 200,
): Answer<T & { version: number; position: string }> {
  const headers = { etag: etagOf(version), ...(duplicate && { 'idempotency-replayed': 'true' }) };
  return new Answer({ ...resource, version, position }, headers, status);
}

/** The answer to a read of one resource: its version goes along and is the ETag that `If-Match` wants. */
export function versioned<T extends object>(version: number, resource: T): Answer<T & { version: number }> {
  return new Answer({ ...resource, version }, { etag: etagOf(version) });
}

function etagOf(version: number): string {
  return `"${version}"`;
}

/**
 * Turns an `Answer` into status, headers and body. It is a hook of the framework rather than an interceptor, because every
 * request would pay for an interceptor and this costs those that have no `Answer` next to nothing.
 */
export function sendAnswer(
  _request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  done: (error: Error | null, payload?: unknown) => void,
): void {
  if (!(payload instanceof Answer)) return done(null, payload);
  if (payload.status !== undefined) reply.code(payload.status);
  reply.headers(payload.headers);
  done(null, payload.body);
}

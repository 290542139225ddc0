import type { FastifyRequest } from 'fastify';

/** Who sends a request, and what they may do. */
export interface Caller {
  subject: string;
  /** Granted scopes, `inventory:write`; `*` grants all. */
  scopes: ReadonlySet<string>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set where access is not open. */
    caller: Caller | null;
  }
}

const ANYBODY: Caller = { subject: 'anonymous', scopes: new Set(['*']) };

/** Who sends this request; `anonymous`, who may do everything, where access is open. */
export function callerOf(request: FastifyRequest): Caller {
  return request.caller ?? ANYBODY;
}

/** Whether the caller was granted a scope, `prices:agree`. Where access is open everybody is. */
export function hasScope(request: FastifyRequest, scope: string): boolean {
  const { scopes } = callerOf(request);
  return scopes.has(scope) || scopes.has('*');
}

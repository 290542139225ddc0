import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import { SERVICES } from '#libs/contracts';
import { Problem } from '../http/problem';
import { areaOf, headerOf } from '../http/request';
import { hasScope } from './caller';
import type { Tokens } from './tokens';

type Hook = (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction) => void;

const SERVICE_AREAS: ReadonlySet<string> = new Set(SERVICES);
const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Asks every request but `/health` and `/health/live` for a bearer token that grants `<service>:read` or `<service>:write`;
 * what belongs to no service (`/`, `/docs`, `/openapi.json`, `/metrics`) wants `operator:read`. It runs before the body is
 * read, and for files and unknown routes as well, which guards never see.
 */
export function authorize(tokens: Tokens): Hook {
  return (request, _reply, done) => {
    const area = areaOf(request);
    if (area === 'health') return done();
    try {
      request.caller = tokens.callerIn(headerOf(request, 'authorization'));
    } catch (error) {
      return done(error as Error);
    }
    const scope = `${SERVICE_AREAS.has(area) ? area : 'operator'}:${READS.has(request.method) ? 'read' : 'write'}`;
    return done(hasScope(request, scope) ? undefined : scopeRequired(scope));
  };
}

/** The refusal of a request whose token does not grant `scope`; for routes that ask for more than their service does. */
export function scopeRequired(scope: string): Problem {
  return new Problem({
    status: 403,
    code: 'scope-required',
    detail: `The token does not grant ${scope}.`,
    remedy: `Send a token whose \`scope\` contains ${scope}.`,
    headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"` },
  });
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { authorize } from '../auth/authorize';
import { Tokens } from '../auth/tokens';
import type { Metrics } from '../operations/metrics';
import { sendAnswer } from './answer';
import { takeCsv } from './csv';
import type { PositionWaiters } from './positions';
import { invalidInput, malformedJson } from './problems';
import type { RouteTable } from './route-table';

export interface Edge {
  routes: RouteTable;
  positions: PositionWaiters;
  metrics: Metrics;
  logger: Logger;
  authJwtSecret: string | undefined;
}

/**
 * What happens to every request around its controller. These are hooks of Fastify, which also cover files, unknown routes and
 * bodies that cannot be read, and cost less than guards and interceptors.
 */
export function installHooks(server: FastifyInstance, edge: Edge): void {
  server.addHook('onRoute', ({ url, method }) => edge.routes.add(url, method));
  server.decorateRequest('caller', null);
  server.addHook('onRequest', (request, _reply, done) => done(request.url.includes('%00') ? nulInPath() : undefined));
  if (edge.authJwtSecret !== undefined) server.addHook('onRequest', authorize(new Tokens(edge.authJwtSecret)));
  server.addHook('preParsing', (request, reply, _payload, done) => edge.positions.hold(request, reply, done));
  server.addHook('preSerialization', sendAnswer);
  server.addHook('onResponse', (request, reply, done) => {
    observe(request, reply, edge);
    done();
  });
  letGoWhenClosing(server);
  takeOnlyJson(server);
  takeCsv(server);
}

/**
 * A server that closes lets go of connections that nobody uses at that moment. One whose answer is still on its way is kept
 * open behind it for the next request, which will not come; and the server would wait for that for over a minute.
 */
function letGoWhenClosing(server: FastifyInstance): void {
  let isClosing = false;
  server.addHook('preClose', (done) => {
    isClosing = true;
    done();
  });
  server.addHook('onResponse', (_request, _reply, done) => {
    if (isClosing) setImmediate(() => server.server.closeIdleConnections());
    done();
  });
}

/** The escape of the character that PostgreSQL cannot keep in a text, and not one that itself is escaped. */
const NUL = /(?<!\\)(?:\\\\)*\\u0000/;

function nulInPath(): Error {
  return invalidInput('invalid-path', 'The URL contains the character NUL.', 'Leave %00 out; no id and no text has it.');
}

/** JSON is what bodies are made of, but for files; what is not well-formed, or would change prototypes, is refused. */
function takeOnlyJson(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) => {
    if (body.includes('\\u0000') && NUL.test(body)) return done(malformedJson('a text in it contains the character NUL.'));
    void parse(request, body, (error, value) => done(error && malformedJson(error.message), value));
  });
}

const SLOW_MS = 1000;

/** Requests are counted always, and logged when they fail here or are slow without having asked to wait; `/health` tells itself. */
function observe(request: FastifyRequest, reply: FastifyReply, { metrics, logger }: Edge): void {
  const { method, id, headers } = request;
  const route = request.routeOptions.url ?? 'unknown';
  const status = reply.statusCode;
  const ms = Math.round(reply.elapsedTime);
  metrics.answered(method, route, status, reply.elapsedTime / 1000);
  const waited = headers.prefer !== undefined || headers['after-position'] !== undefined;
  if (status >= 500 && route !== '/health')
    logger.warn({ request: id, method, route, status, ms }, 'A request could not be answered');
  else if (ms > SLOW_MS && !waited) logger.warn({ request: id, method, route, status, ms }, 'A request was slow');
}

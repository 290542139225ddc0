import { randomUUID } from 'node:crypto';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../config/config';
import { BodyPipe } from '../http/body.pipe';
import { installHooks } from '../http/hooks';
import { PositionWaiters } from '../http/positions';
import { sendProblem } from '../http/problem';
import { ProblemFilter } from '../http/problem.filter';
import { invalidInput } from '../http/problems';
import { RouteTable } from '../http/route-table';
import { serveDocs } from '../openapi/serve-docs';
import { createLogger, NestLog } from '../operations/log';
import { Metrics } from '../operations/metrics';
import { SystemClock, type Clock } from './clock';
import { PlatformModule } from './platform.module';

export interface AppOptions {
  /** Who speaks in the logs; `new-retail` when absent. */
  name?: string;
  clock?: Clock;
  logger?: Logger;
}

class Root {}

/**
 * Builds the application around a module, with everything that all services share. It does not listen yet and handles no
 * signals: a test calls `init()` and `inject()`, a program `listen`.
 */
export async function createApp(module: Type, config: Config, options: AppOptions = {}): Promise<NestFastifyApplication> {
  const { name = 'new-retail', clock = new SystemClock(), logger = createLogger(config, name) } = options;
  const root = { module: Root, imports: [PlatformModule.of({ config, logger, clock }), module] };
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter(config), {
    logger: new NestLog(logger),
    // Bodies are read by the hooks below.
    bodyParser: false,
    abortOnError: false,
  });
  installHooks(app.getHttpAdapter().getInstance(), {
    routes: app.get(RouteTable),
    positions: app.get(PositionWaiters),
    metrics: app.get(Metrics),
    logger,
    authJwtSecret: config.authJwtSecret,
  });
  serveDocs(app, config);
  return app.useGlobalPipes(new BodyPipe()).useGlobalFilters(app.get(ProblemFilter));
}

const REQUEST_TIMEOUT_MS = 30_000;
/** An id of 64 characters, each percent-encoded. */
const LONGEST_PARAMETER = 192;

function adapter(config: Config): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: config.bodyLimitBytes,
    genReqId: () => randomUUID(),
    // How long a client may take to send a request.
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    // No Express middleware is used anywhere.
    skipMiddie: true,
    frameworkErrors: refusePath,
  });
}

/** What the router itself cannot read never comes to a filter. */
function refusePath({ message }: Error, request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(
    reply,
    invalidInput('invalid-path', message, 'Percent-encode the path as RFC 3986 says; ids have at most 64 characters.'),
    request.id,
  );
}

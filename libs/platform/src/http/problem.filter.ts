import { Catch, HttpException, Inject, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { LOGGER } from '../operations/log';
import { sendProblem, type Problem } from './problem';
import { problemOf } from './problem-of';
import { methodNotAllowed, unknownRoute } from './problems';
import { pathOf } from './request';
import { RouteTable } from './route-table';

/** Answers every error with a problem document. What the caller cannot be told, an internal fault, goes to the log. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly routes: RouteTable,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const unrouted = error instanceof HttpException && error.getStatus() === 404;
    const problem = unrouted ? this.unrouted(request) : problemOf(error);
    if (problem.facts.status === 500) this.logger.error({ err: error, request: request.id }, 'A request failed');
    sendProblem(http.getResponse<FastifyReply>(), problem, request.id);
  }

  private unrouted({ method, url }: FastifyRequest): Problem {
    const path = pathOf(url);
    const allowed = this.routes.methodsOf(path);
    const wrongMethod = allowed.length > 0 && !allowed.includes(method);
    return wrongMethod ? methodNotAllowed(method, path, allowed) : unknownRoute(method, path);
  }
}

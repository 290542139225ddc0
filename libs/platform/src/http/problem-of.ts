import { HttpException } from '@nestjs/common';
import { isUnavailable } from '#libs/eventsourcing';
import { Refusal, type RefusalKind } from '#libs/eventsourcing/vocabulary';
import { Problem } from './problem';
import { databaseUnavailable, internalError } from './problems';

const STATUS_OF_KIND: Record<RefusalKind, number> = { 'not-found': 404, conflict: 409, unprocessable: 422 };

/** Refusals for which HTTP has a status of its own. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  'version-mismatch': 412,
  'invalid-query': 400,
  'log-unavailable': 503,
};

const BAD_REQUEST = { code: 'bad-request', remedy: 'Correct the request as `detail` says; /docs shows what the route takes.' };

/** What the framework itself finds wrong. */
const BY_STATUS: Readonly<Record<number, { code: string; remedy: string }>> = {
  413: { code: 'body-too-large', remedy: 'Send less at once, split over several requests.' },
  414: { code: 'parameter-too-long', remedy: 'Ids have at most 64 characters.' },
  415: { code: 'unsupported-media-type', remedy: 'Send the body as content-type application/json.' },
};

/** The one table from error to HTTP: every error that leaves a route, as the problem that the caller is told. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Refusal) return ofRefusal(error);
  if (isDatabaseGone(error)) return databaseUnavailable();
  if (error instanceof HttpException) return ofFramework(error);
  return internalError();
}

function ofRefusal({ code, detail, remedy, kind, facts }: Refusal): Problem {
  const status = STATUS_OF_CODE[code] ?? STATUS_OF_KIND[kind];
  return new Problem({ status, code, detail, remedy, ...(facts && { facts }) });
}

function ofFramework(error: HttpException): Problem {
  const status = error.getStatus();
  if (status >= 500) return internalError();
  return new Problem({ status, detail: error.message, ...(BY_STATUS[status] ?? BAD_REQUEST) });
}

/** TypeORM wraps what its driver says. */
function isDatabaseGone(error: unknown): boolean {
  return isUnavailable(error) || isUnavailable((error as { driverError?: unknown } | undefined)?.driverError);
}

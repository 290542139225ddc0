/** Errors that say the database is not there, as opposed to a statement that it refuses. */
const UNAVAILABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);

/** Whether it makes sense to try the same again once the database is back. The outcome of the failed call is unknown. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && UNAVAILABLE.has(code)) return true;
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
    error.message,
  );
}

/** Errors of a statement that is in order: it met another one, a lock, or the end of a resource. */
const PASSING = new Set(['40001', '40P01', '55P03', '57014', '53000', '53100', '53200', '53400', '58030']);

/** Whether a failure says nothing against what was tried, so that it makes sense to try the same again later. */
export function isPassing(error: unknown): boolean {
  if (isUnavailable(error)) return true;
  const { code } = (error instanceof Error ? error : {}) as { code?: unknown };
  return typeof code === 'string' && PASSING.has(code);
}

const UNDEFINED_TABLE = '42P01';

/** Whether a table is not there: the log of a service that has not been started yet. */
export function isNotMadeYet(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === UNDEFINED_TABLE;
}

const UNIQUE_VIOLATION = '23505';

/** Whether a row was there already. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === UNIQUE_VIOLATION;
}

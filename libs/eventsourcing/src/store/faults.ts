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

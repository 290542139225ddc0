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
  const { code, message } = partsOf(error);
  if (UNAVAILABLE.has(code)) return true;
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
    message,
  );
}

/** By its fields and not by its class: an error of a socket may come from another realm than ours. */
function partsOf(error: unknown): { code: string; message: string } {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return { code: typeof code === 'string' ? code : '', message: typeof message === 'string' ? message : '' };
}

/** Errors of a statement that is in order: it met another one, a lock, or the end of a resource. */
const PASSING = new Set(['40001', '40P01', '55P03', '57014', '53000', '53100', '53200', '53400', '58030']);

/** Whether a failure says nothing against what was tried, so that it makes sense to try the same again later. */
export function isPassing(error: unknown): boolean {
  return isUnavailable(error) || PASSING.has(partsOf(error).code);
}

const UNIQUE_VIOLATION = '23505';

/** Whether a row was there already. */
export function isUniqueViolation(error: unknown): boolean {
  return partsOf(error).code === UNIQUE_VIOLATION;
}

import { Problem, type FieldError } from './problem';

/** What can be wrong with any request, whatever it asks for. Each names the remedy. */

export function malformedJson(reason: string): Problem {
  return new Problem({
    status: 400,
    code: 'malformed-json',
    detail: `The body cannot be read as JSON: ${reason}`,
    remedy: 'Send one well-formed JSON document in UTF-8, or neither a body nor a content type.',
  });
}

export function invalidRequest(errors: readonly FieldError[]): Problem {
  return new Problem({
    status: 400,
    code: 'invalid-request',
    detail: `The body is not as this route takes it: ${errors.length === 1 ? 'one thing is' : `${errors.length} things are`} wrong.`,
    remedy: 'Correct what `errors` names; /docs shows the shape of the body.',
    errors,
  });
}

/** A header or query parameter that is there and cannot be understood. */
export function invalidInput(code: string, detail: string, remedy: string): Problem {
  return new Problem({ status: 400, code, detail, remedy });
}

export function unknownRoute(method: string, path: string): Problem {
  return new Problem({
    status: 404,
    code: 'unknown-route',
    detail: `Nothing is served at ${method} ${path}.`,
    remedy: 'Look the route up at /docs or in /openapi.json.',
  });
}

export function methodNotAllowed(method: string, path: string, allowed: readonly string[]): Problem {
  const allow = allowed.join(', ');
  return new Problem({
    status: 405,
    code: 'method-not-allowed',
    detail: `${path} does not answer ${method}.`,
    remedy: `Use ${allow}.`,
    headers: { allow },
  });
}

export function databaseUnavailable(): Problem {
  return new Problem({
    status: 503,
    code: 'database-unavailable',
    detail: 'The database does not answer, so it is unknown whether the request was carried out.',
    remedy: 'Send the same request again after a moment; with the same Idempotency-Key nothing is done twice.',
    headers: { 'retry-after': '1' },
  });
}

export function positionNotReached(token: string, seconds: number): Problem {
  return new Problem({
    status: 503,
    code: 'position-not-reached',
    detail: `What is read here has not come to ${token} within ${seconds} seconds.`,
    remedy: 'Ask again after a moment, or leave After-Position out to read what is there now.',
    headers: { 'retry-after': '1' },
  });
}

export function internalError(): Problem {
  return new Problem({
    status: 500,
    code: 'internal-error',
    detail: 'Something failed that should not have.',
    remedy: 'Send the same request again; if it fails again, report `instance`, under which the logs name the cause.',
  });
}

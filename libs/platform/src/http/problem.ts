import type { FastifyReply } from 'fastify';

/** One thing that is wrong with a body; `pointer` is a JSON Pointer into it (RFC 6901). */
export interface FieldError {
  pointer: string;
  detail: string;
}

export interface ProblemFacts {
  status: number;
  /** Stable and literal, for programs. */
  code: string;
  /** What was wrong here, for people. */
  detail: string;
  /** What to do now. */
  remedy: string;
  errors?: readonly FieldError[];
  /** Members of its own, beside those that all problems have. */
  facts?: Readonly<Record<string, unknown>>;
  headers?: Readonly<Record<string, string>>;
}

/** An answer other than the one that was asked for; it is sent as an RFC 9457 problem document. */
export class Problem extends Error {
  constructor(readonly facts: ProblemFacts) {
    super(`${facts.code}: ${facts.detail}`);
    this.name = 'Problem';
  }
}

/** The document of RFC 9457, with the members that all problems of this system have. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  remedy: string;
  instance: string;
  errors?: readonly FieldError[];
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** The document of a problem; `requestId` makes its `instance`, under which the logs name the same request. */
export function problemDocument(
  { status, code, detail, remedy, errors, facts }: ProblemFacts,
  requestId: string,
): ProblemDocument {
  return {
    ...facts,
    type: `urn:problem-type:new-retail:${code}`,
    title: titleOf(code),
    status,
    detail,
    code,
    remedy,
    instance: `urn:uuid:${requestId}`,
    ...(errors && { errors }),
  };
}

/** `out-of-stock` reads `Out of stock`: RFC 9457 wants one title per type, and so it has. */
function titleOf(code: string): string {
  const words = code.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function sendProblem(reply: FastifyReply, { facts }: Problem, requestId: string): void {
  void reply
    .code(facts.status)
    .headers(facts.headers ?? {})
    .type(PROBLEM_MEDIA_TYPE)
    .send(problemDocument(facts, requestId));
}

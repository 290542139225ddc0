import type { Answer } from './api';

/** What the system says when it says no. */
interface ProblemDocument {
  code?: string;
  detail?: string;
  remedy?: string;
  errors?: { pointer: string; detail: string }[];
}

/** The system said no to a request, and why. */
export class Refused extends Error {
  readonly code: string;
  /** What programs get to see of it: code, detail, remedy and faulty fields. */
  readonly problem: ProblemDocument;

  constructor(readonly answer: Answer) {
    const { detail, remedy, errors, code } = (answer.body ?? {}) as ProblemDocument;
    super(inWords(answer.status, { code, detail, remedy, errors }));
    this.name = 'Refused';
    this.code = code ?? String(answer.status);
    this.problem = { code: this.code, detail, remedy, errors };
  }
}

function inWords(status: number, { code, detail, remedy, errors = [] }: ProblemDocument): string {
  const fields = errors.map(({ pointer, detail: what }) => `${pointer} ${what}`).join('; ');
  return [`${code ?? `status ${status}`}: ${detail ?? ''}`.trim(), fields, remedy].filter(Boolean).join(' ');
}

/** The body of an answer that says yes. @throws Refused */
// The caller knows what the route answers with.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function bodyOf<T>(answer: Answer): T {
  if (answer.status >= 200 && answer.status < 300) return answer.body as T;
  throw new Refused(answer);
}

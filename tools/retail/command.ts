/** One command of `retail`. */
export interface Command {
  /** After the name: `FILE [--url URL]`. */
  usage: string;
  summary: string;
  /** Gives the exit status: 0 when what was asked for holds, 1 when it does not, 2 when it was asked wrongly. */
  run: (args: string[]) => Promise<number>;
}

/** A command was asked for in a way that it does not understand. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Says something to the person who watches: standard output is for answers. */
export function say(message: string): void {
  process.stderr.write(`${message}\n`);
}

/** Prints an answer for people: what somebody may want to filter or keep. */
export function print(answer: string): void {
  process.stdout.write(`${answer}\n`);
}

/** The one JSON object that a command prints with `--json`. */
export function printJson(answer: object): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

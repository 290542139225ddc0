/** The environment as a program is handed it. */
export type Environment = Readonly<Record<string, string | undefined>>;

interface Range {
  least: number;
  most: number;
}

/** Reads variables one by one and keeps what is wrong with them, so that all of it can be told at once. */
export class Variables {
  readonly faults: string[] = [];

  constructor(private readonly environment: Environment) {}

  /** The value without blanks around it; an empty variable counts as absent. */
  optional(name: string): string | undefined {
    return this.environment[name]?.trim() || undefined;
  }

  required(name: string, remedy: string): string {
    const value = this.optional(name);
    if (value === undefined) this.fault(name, 'is not set', remedy);
    return value ?? '';
  }

  integer(name: string, fallback: number, { least, most }: Range): number {
    const text = this.optional(name);
    if (text === undefined) return fallback;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    this.fault(name, `is "${text}"`, `Set it to an integer from ${least} to ${most}, or leave it out for ${fallback}.`);
    return fallback;
  }

  oneOf<T extends string>(name: string, fallback: T, values: readonly T[]): T {
    const text = this.optional(name);
    if (text === undefined) return fallback;
    const value = values.find((known) => known === text);
    if (value === undefined) {
      this.fault(name, `is "${text}"`, `Set it to one of ${values.join(', ')}, or leave it out for ${fallback}.`);
    }
    return value ?? fallback;
  }

  /** An address without a slash at its end; `example` goes into the remedy. The value is not repeated: it may hold a password. */
  url(name: string, protocols: readonly string[], example: string): string | undefined {
    const text = this.optional(name);
    if (text === undefined) return undefined;
    if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text.replace(/\/+$/, '');
    this.fault(name, `is no address that begins with ${protocols.join(' or ')}`, `Set it like ${example}.`);
    return undefined;
  }

  fault(name: string, wrong: string, remedy: string): void {
    this.faults.push(`${name} ${wrong}. ${remedy}`);
  }
}

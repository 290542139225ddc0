import { parseArgs } from 'node:util';
import { UsageError } from '../../command';

/** What can be said on the command line of a benchmark; what is absent is up to the benchmark. */
export interface BenchOptions {
  name: string;
  seconds?: number;
  concurrency?: number;
  runs?: number;
  events?: number;
  /** Books to read, for benchmarks that read some. */
  file?: string;
  profile: boolean;
  json: boolean;
  /** What only some benchmarks understand. */
  numbers: Partial<Record<BenchNumber, number>>;
}

/** Numbers that some benchmark can be told, with the most that makes sense. */
const NUMBERS = { orders: 1_000_000, buyers: 100_000, stock: 1_000_000, skus: 100_000, locations: 10_000, instances: 8 } as const;
export type BenchNumber = keyof typeof NUMBERS | 'kill';

const OPTIONS = {
  seconds: { type: 'string' },
  concurrency: { type: 'string' },
  runs: { type: 'string' },
  events: { type: 'string' },
  file: { type: 'string' },
  orders: { type: 'string' },
  buyers: { type: 'string' },
  stock: { type: 'string' },
  skus: { type: 'string' },
  locations: { type: 'string' },
  instances: { type: 'string' },
  kill: { type: 'boolean', default: false },
  profile: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** @throws UsageError when no benchmark of `names` is named, or a number is none */
export function benchOptions(args: string[], names: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [name, file = values.file, ...more] = positionals;
  if (name === undefined || more.length > 0 || !names.includes(name) || names.includes(file ?? '')) {
    throw new UsageError(`Name one benchmark: retail bench NAME, where NAME is one of ${names.join(', ')}.`);
  }
  return {
    name,
    ...given('seconds', amount('seconds', values.seconds, { most: 3600, whole: false })),
    ...given('concurrency', amount('concurrency', values.concurrency, { most: 100_000, whole: true })),
    ...given('runs', amount('runs', values.runs, { most: 100, whole: true })),
    ...given('events', amount('events', values.events, { most: 1_000_000_000, whole: true })),
    ...(file !== undefined && { file }),
    profile: values.profile,
    json: values.json,
    numbers: numbersOf(values),
  };
}

function numbersOf({
  kill,
  ...values
}: Partial<Record<keyof typeof NUMBERS, string>> & { kill: boolean }): BenchOptions['numbers'] {
  const names = Object.keys(NUMBERS) as (keyof typeof NUMBERS)[];
  const said = names.map((name) => given(name, amount(name, values[name], { most: NUMBERS[name], whole: true })));
  return Object.assign({}, ...said, kill && { kill: 1 }) as BenchOptions['numbers'];
}

function given<K extends string>(name: K, value: number | undefined): Partial<Record<K, number>> {
  return value === undefined ? {} : ({ [name]: value } as Record<K, number>);
}

function amount(name: string, text: string | undefined, { most, whole }: { most: number; whole: boolean }): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (value > 0 && value <= most && (!whole || Number.isInteger(value))) return value;
  throw new UsageError(`--${name} is "${text}". Name ${whole ? 'an integer' : 'a number'} above 0 and up to ${most}.`);
}

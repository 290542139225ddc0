import type { Figure } from './figures';
import type { BenchNumber } from './options';
import type { Scratch } from './scratch';
import type { Numbers } from './statistics';

/** How large a benchmark is when nobody says otherwise. */
export interface Size {
  /** How long one run measures. */
  seconds: number;
  /** How many commands, messages or requests are under way at once. */
  concurrency: number;
  runs: number;
  /** How many events are in the log, for benchmarks that read one. */
  events: number;
}

/** What a benchmark is handed. */
export interface Setting extends Size {
  /** Books to read, where somebody named some. */
  file?: string;
  profile: boolean;
  /** What only this benchmark can be told, in numbers. */
  numbers: Readonly<Record<string, number>>;
  scratch: Scratch;
  /** Tells the person who waits; answers go elsewhere. */
  say: (message: string) => void;
}

/** What a benchmark found. */
export interface Measured {
  /** Each run's numbers; the median of each is reported under its name. */
  runs: Numbers[];
  /** What goes into the answer as it is. */
  also?: Record<string, unknown>;
  /** What must not be, besides a figure that falls short: an order that was lost. */
  faults?: string[];
  /** For people, under the table of figures. */
  notes?: string[];
}

/** One benchmark: a file of its own and a line in `benches.ts`. */
export interface Bench {
  size: Size;
  /** Whether `--profile` says something here. */
  profiles?: true;
  /** Whether a file of books can be named. */
  reads?: true;
  /** What else it can be told, each with what it is when nobody says otherwise. */
  numbers?: Readonly<Partial<Record<BenchNumber, number>>>;
  figures: readonly Figure[];
  measure(setting: Setting): Promise<Measured>;
}

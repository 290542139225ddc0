import { printJson, say, UsageError } from '../command';
import { BENCHES } from './benches';
import { figureLines } from './frame/bars';
import type { Bench, Measured } from './frame/bench';
import { shortfalls } from './frame/figures';
import { keepToTwoCores, machine, type Machine } from './frame/machine';
import { benchOptions } from './frame/options';
import { Scratch } from './frame/scratch';
import { medians, roundedAll, type Numbers } from './frame/statistics';

/**
 * `retail bench`: runs one benchmark on a fresh, durable system of its own, which it removes afterwards. Status 0 when every
 * figure is within its bound and nothing else went wrong, 1 when not.
 */
export async function benchCommand(args: string[]): Promise<number> {
  const { name, json, profile, ...size } = benchOptions(args, Object.keys(BENCHES));
  const bench = BENCHES[name];
  if (!bench || (profile && !bench.profiles)) throw new UsageError(`${name} has no --profile.`);
  if (size.file !== undefined && !bench.reads) throw new UsageError(`${name} reads no books: leave out ${size.file}.`);
  const numbers = { ...bench.numbers, ...size.numbers };
  const foreign = Object.keys(size.numbers).find((number) => !(number in (bench.numbers ?? {})));
  if (foreign !== undefined) throw new UsageError(`${name} has no --${foreign}.`);
  await keepToTwoCores(say);
  const scratch = await Scratch.make(say);
  const facts = await machine(scratch.folder);
  const measured = await bench.measure({ ...bench.size, ...size, numbers, profile, scratch, say }).finally(() => scratch.close());
  const values = medians(measured.runs);
  const fellShort = [...shortfalls(bench.figures, values), ...(measured.faults ?? [])];
  const ok = fellShort.length === 0;
  if (json) {
    const runs = measured.runs.map(roundedAll);
    printJson({ name, ok, ...figuresOf(bench, values), ...measured.also, fellShort, runs, machine: facts });
  } else process.stdout.write(`${inWords(bench, values, { measured, fellShort, facts }).join('\n')}\n`);
  return ok ? 0 : 1;
}

/** In the order in which the benchmark names them. */
function figuresOf({ figures }: Bench, values: Numbers): Record<string, number | null> {
  return Object.fromEntries(figures.map(({ name }) => [name, values[name] ?? null]));
}

interface Found {
  measured: Measured;
  fellShort: string[];
  facts: Machine;
}

function inWords({ figures }: Bench, values: Numbers, { measured, fellShort, facts }: Found): string[] {
  const { cores, cpu, fsyncMs } = facts;
  return [
    `The median of ${measured.runs.length} runs on ${cores} cores (${cpu}), a sync of the disk taking ${fsyncMs} ms:`,
    ...figures.flatMap((figure) => figureLines(figure, values)),
    ...(measured.notes ?? []),
    ...fellShort.map((sentence) => `Fell short: ${sentence}.`),
  ];
}

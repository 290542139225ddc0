import { parseArgs } from 'node:util';
import { printJson, UsageError } from '../command';
import { systemUrl } from '../where';
import { replayFile, type Replayed } from './replay-file';

const OPTIONS = {
  url: { type: 'string' },
  concurrency: { type: 'string', default: '128' },
  json: { type: 'boolean', default: false },
} as const;
const MOST_IN_FLIGHT = 1000;

/**
 * `retail replay`: sends a trading file through the public APIs. Status 0 when every row is in the system and all that follows
 * from it has happened. Where access is not open, RETAIL_TOKEN is the bearer token.
 */
export async function replayCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('Name one trading file: retail replay FILE.');
  const { isComplete, ...numbers } = await replayFile({
    file,
    url: await systemUrl(values.url),
    concurrency: concurrencyOf(values.concurrency),
    token: process.env['RETAIL_TOKEN'],
    screen: process.stderr,
  });
  if (values.json) printJson(numbers);
  else process.stdout.write(`${inWords(numbers)}\n`);
  return isComplete ? 0 : 1;
}

function concurrencyOf(text: string): number {
  const number = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= MOST_IN_FLIGHT) return number;
  throw new UsageError(`--concurrency is "${text}". Name how many documents may be under way, from 1 to ${MOST_IN_FLIGHT}.`);
}

function inWords({ rows, accepted, absorbed, rejected, seconds, rowsPerSecond }: Omit<Replayed, 'isComplete'>): string {
  const speed = `${seconds} s, ${rowsPerSecond.toLocaleString('en-US')} rows/s`;
  return `${rows} rows: ${accepted} accepted, ${absorbed} were there already, ${rejected} rejected (${speed})`;
}

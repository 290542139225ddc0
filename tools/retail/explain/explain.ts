import { parseArgs } from 'node:util';
import { printJson, UsageError } from '../command';
import { Api } from '../system/api';
import { systemUrl } from '../where';
import { explain, type Explanation } from './explanation';
import { eventsInWords, figureInWords } from './in-words';
import { questionOf, type Question } from './question';

const OPTIONS = {
  figure: { type: 'string' },
  axis: { type: 'string' },
  'as-of': { type: 'string' },
  'known-at': { type: 'string' },
  limit: { type: 'string' },
  url: { type: 'string' },
  token: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

const READABLE = 50;

/**
 * `retail explain WHAT`: a figure, its formula, and the events behind it with the documents that they came from. The answer with
 * `--json` is `{ ok, what, figure, value, formula, onHand, reserved, available, inTransit, byLocation, events, more }`.
 */
export async function explainCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [what, ...more] = positionals;
  if (more.length > 0) throw new UsageError('Name one stock: retail explain stock:SKU@LOCATION.');
  const inWords = (found: Explanation): string => `${figureInWords(found)}\n\n${eventsInWords(found)}`;
  return answer(questionOf(what, values, values['as-of']), values, inWords);
}

/** `retail as-of TIME WHAT`: a figure as it was, on either axis of time. The answer with `--json` is that of `explain`. */
export async function asOfCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [time, what, ...more] = positionals;
  if (time === undefined || what === undefined || more.length > 0) {
    throw new UsageError('Name a time and a stock: retail as-of 2026-01-31T18:00:00Z stock:SKU@LOCATION.');
  }
  return answer(questionOf(what, values, time), values, figureInWords);
}

interface Answering {
  url?: string | undefined;
  token?: string | undefined;
  limit?: string | undefined;
  json: boolean;
}

/** A program gets every event unless it wants fewer; a person, what fits a few screens. */
async function answer(question: Question, told: Answering, inWords: (found: Explanation) => string): Promise<number> {
  const most = limitOf(told.limit) ?? (told.json ? Infinity : READABLE);
  const token = told.token ?? process.env['RETAIL_TOKEN'];
  const api = new Api({ url: await systemUrl(told.url), token, connections: 2 });
  try {
    const found = await explain(api, question, most);
    if (told.json) printJson({ ok: true, ...found });
    else process.stdout.write(`${inWords(found)}\n`);
    return 0;
  } finally {
    api.close();
  }
}

function limitOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`--limit is "${text}". Name an integer above 0.`);
}

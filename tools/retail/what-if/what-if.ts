import { parseArgs } from 'node:util';
import { printJson, say, UsageError } from '../command';
import { Api } from '../system/api';
import { Patience } from '../system/patience';
import { systemUrl } from '../where';
import type { Change } from './change';
import { comparisonInWords } from './in-words';
import { compare, type Slice } from './replay-slice';
import { ruleIn } from './rule-file';

const OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  'safety-stock': { type: 'string' },
  ttl: { type: 'string' },
  rule: { type: 'string' },
  url: { type: 'string' },
  token: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

const CONNECTIONS = 16;
const PATIENCE_MS = 15_000;
const MOST_UNITS = 1_000_000;
const MOST_SECONDS = 31_536_000;
/** A replay that comes out otherwise more often than this proves nothing. */
const SAME_AT_LEAST = 0.99;
const BEGINNING = '1970-01-01T00:00:00.000Z';

/**
 * `retail what-if`: how orders would have fared with another safety stock, time to live or sourcing rule; read from the log of a running system, played
 * in memory, nothing is written anywhere. The answer with `--json`: `{ ok, from, to, change, events, reproduced, baseline, changed,
 * affected }`. Status 0 when the base line is what really happened, so that the comparison can be believed.
 */
export async function whatIfCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const change = changeOf(values);
  const slice = sliceOf(values, new Date());
  const url = await systemUrl(values.url);
  const api = new Api({ url, token: values.token ?? process.env['RETAIL_TOKEN'], connections: CONNECTIONS });
  try {
    const comparison = await compare(new Patience(api, { url, patienceMs: PATIENCE_MS, say }), slice, change);
    const { decisions, same } = comparison.reproduced;
    const ok = same >= SAME_AT_LEAST * decisions;
    if (values.json) printJson({ ok, ...comparison });
    else process.stdout.write(`${comparisonInWords(comparison)}\n`);
    return ok ? 0 : 1;
  } finally {
    api.close();
  }
}

type Told = Partial<Record<'from' | 'to' | 'safety-stock' | 'ttl' | 'rule', string | undefined>>;

/** @throws UsageError */
export function changeOf(told: Told): Change {
  const safetyStock = amount('safety-stock', told['safety-stock'], MOST_UNITS);
  const ttlSeconds = amount('ttl', told.ttl, MOST_SECONDS);
  if (ttlSeconds === 0) throw new UsageError('--ttl is 0: nothing would be held at all. Name a second or more.');
  const rule = told.rule === undefined ? undefined : ruleIn(told.rule);
  if (safetyStock === undefined && ttlSeconds === undefined && !rule) {
    throw new UsageError('Say what shall be different: --safety-stock UNITS, --ttl SECONDS or --rule FILE, or several of them.');
  }
  return {
    ...(safetyStock !== undefined && { safetyStock }),
    ...(ttlSeconds !== undefined && { ttlSeconds }),
    ...(rule && { rule }),
  };
}

/** From the beginning and until now, unless it is said. @throws UsageError */
export function sliceOf({ from, to }: Told, now: Date): Slice {
  const slice = { from: time('from', from) ?? BEGINNING, to: time('to', to) ?? now.toISOString() };
  if (slice.from < slice.to) return slice;
  throw new UsageError(`--from is ${slice.from}, which is not before --to ${slice.to}.`);
}

function time(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(at)) return new Date(at).toISOString();
  throw new UsageError(`--${name} is "${text}". Name a time like 2026-01-31 or 2026-01-31T09:30:00Z.`);
}

function amount(name: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text) && Number(text) <= most) return Number(text);
  throw new UsageError(`--${name} is "${text}". Name an integer from 0 to ${most}.`);
}

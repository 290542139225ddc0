import { parseArgs } from 'node:util';
import { printJson, say } from '../command';
import { Api } from '../system/api';
import { Patience } from '../system/patience';
import { systemUrl } from '../where';
import type { Check } from './findings';
import { verifySystem } from './verify-system';

const OPTIONS = { url: { type: 'string' }, json: { type: 'boolean', default: false } } as const;
const CONNECTIONS = 16;
const PATIENCE_MS = 15_000;

/**
 * `retail verify`: proves the books of a running system from the outside, by its public APIs alone. Status 0 when every check
 * holds. Where access is not open, RETAIL_TOKEN is the bearer token.
 */
export async function verifyCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const url = await systemUrl(values.url);
  const api = new Api({ url, token: process.env['RETAIL_TOKEN'], connections: CONNECTIONS });
  try {
    const checks = await verifySystem(new Patience(api, { url, patienceMs: PATIENCE_MS, say }), say);
    const ok = checks.every((check) => check.ok);
    if (values.json) printJson({ ok, checks });
    else process.stdout.write(`${checks.map(inWords).join('\n')}\n${ok ? 'The books hold.' : 'The books do not hold.'}\n`);
    return ok ? 0 : 1;
  } finally {
    api.close();
  }
}

function inWords({ name, ok, checked, violations, violationCount }: Check): string {
  const head = `${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(24)} ${checked.toLocaleString('en-US')} looked at`;
  const more = violationCount - violations.length;
  const lines = [...violations, ...(more > 0 ? [`and ${more} more`] : [])].map((line) => `       ${line}`);
  return [head, ...lines].join('\n');
}

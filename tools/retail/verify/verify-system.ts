import type { Asked } from '../system/api';
import { atRest, isSame, readHeads, type Rest } from '../system/at-rest';
import { Audit } from './audit';
import { Findings, type Check } from './findings';
import { LogReader } from './read-logs';
import { readViews } from './views';

const PATIENCE_MS = 60_000;
const TRIES = 3;
const TELL_EVERY = 50_000;

/**
 * Waits until the system is at rest, reads every log from its beginning and everything that the unified view shows, and gives
 * what holds and what does not. When somebody writes meanwhile, it reads on and looks again, a few times.
 */
export async function verifySystem(api: Asked, say: (sentence: string) => void): Promise<Check[]> {
  let rest = await atRest(api, PATIENCE_MS);
  const audit = new Audit(rest.heads.get('storefront')?.length ?? 0);
  const reader = new LogReader(api);
  for (let tries = 1; ; tries++) {
    await readInto(audit, reader, rest, say);
    const views = await readViews(api);
    const isStill = isSame(rest.heads, await readHeads(api));
    if (isStill || tries === TRIES) return [restCheck(rest, isStill), ...audit.checks(rest.heads, views)];
    rest = await atRest(api, PATIENCE_MS);
  }
}

async function readInto(audit: Audit, reader: LogReader, { heads }: Rest, say: (sentence: string) => void): Promise<void> {
  let told = 0;
  for await (const event of reader.through(heads)) {
    audit.take(event);
    if (++told % TELL_EVERY === 0) say(`${told.toLocaleString('en-US')} events read`);
  }
}

/** Views can be compared with a log only while both stand still. */
function restCheck({ busy, heads }: Rest, isStill: boolean): Check {
  const findings = new Findings('at-rest');
  for (const _ of heads) findings.look();
  for (const what of busy) findings.violation(what);
  if (!isStill)
    findings.violation('somebody keeps writing, so that views and logs cannot be compared; pause that, and verify again');
  return findings.check;
}

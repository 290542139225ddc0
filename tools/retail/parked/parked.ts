import { parseArgs } from 'node:util';
import { SERVICES } from '#libs/contracts';
import { print, printJson, say, UsageError } from '../command';
import { Api, type Asked } from '../system/api';
import { table } from '../table';
import { systemUrl } from '../where';
import { listParked, retryParked, skipParked, type Waiting, type Which } from './parked-api';

interface Asking extends Which {
  event?: string | undefined;
  reason?: string | undefined;
  json: boolean;
}

const ACTIONS: Readonly<Record<string, (api: Asked, asking: Asking) => Promise<number>>> = { list, retry, skip };

/**
 * `retail parked list|retry|skip`: sees to what views, processes and timers could not take in.
 * `list` gives `{ ok, parked[] }` and ends with 0 also when something waits; `retry` gives `{ ok, taken, timers, failed[] }` and ends with 1
 * when something waits still; `skip` gives up one event for one consumer, on record: `{ ok, service, consumer, event, reason, position }`.
 */
export async function parkedCommand(args: string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args,
    options: {
      ...{ url: text, token: text, service: text, consumer: text, stream: text, event: text, reason: text },
      json: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const [name = '', event = values.event, ...more] = positionals;
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (!action || more.length > 0)
    throw new UsageError('Say what to do: retail parked list, retail parked retry, or retail parked skip EVENT.');
  knownService(values.service);
  const api = new Api({ url: await systemUrl(values.url), token: values.token ?? process.env['RETAIL_TOKEN'], connections: 8 });
  try {
    return await action(api, { ...values, event });
  } finally {
    api.close();
  }
}

async function list(api: Asked, asking: Asking): Promise<number> {
  const parked = await listParked(api, asking);
  if (asking.json) printJson({ ok: true, parked });
  else print(parked.length === 0 ? 'Nothing is parked.' : inWords(parked));
  return 0;
}

async function retry(api: Asked, asking: Asking): Promise<number> {
  const { taken, timers, failed } = await retryParked(api, asking);
  const ok = failed.length === 0;
  if (asking.json) printJson({ ok, taken, timers, failed });
  else {
    say(`${taken} events were taken in${timers > 0 ? `, and ${timers} timers fire again` : ''}.`);
    if (!ok) say('These wait still:');
    if (!ok) print(inWords(failed));
  }
  return ok ? 0 : 1;
}

async function skip(api: Asked, asking: Asking): Promise<number> {
  const { event, reason, json } = asking;
  if (event === undefined || reason === undefined) {
    throw new UsageError(
      'Name the event and say why: retail parked skip EVENT --reason "…". retail parked list names the events.',
    );
  }
  const { service, consumer } = await ofWhom(api, event, asking);
  const { position } = await skipParked(api, { service, consumer, event }, reason);
  if (json) printJson({ ok: true, service, consumer, event, reason, position });
  else say(skippedInWords(`${event} is given up for ${consumer} of ${service}`, position));
  return 0;
}

function skippedInWords(what: string, position: string): string {
  return `${what}; the log says so at ${position}. What waits behind it: retail parked retry.`;
}

/** For which consumer an event is parked. Where both are named the service itself is asked, which knows what was skipped before, and why not. */
async function ofWhom(api: Asked, event: string, { service, consumer }: Which): Promise<{ service: string; consumer: string }> {
  if (service !== undefined && consumer !== undefined) return { service, consumer };
  const found = (await listParked(api, { service, consumer })).filter((one) => one.event === event);
  const [waiting, ...others] = found;
  if (!waiting) {
    throw new UsageError(`${event} is not the first event of a parked stream. retail parked list names those that are.`);
  }
  if (others.length === 0) return waiting;
  const consumers = found.map((one) => `${one.consumer} of ${one.service}`).join(', ');
  throw new UsageError(`${event} is parked for several consumers: ${consumers}. Name one with --consumer and --service.`);
}

/** Of a service that is misspelled nothing is parked, which would sound well. */
function knownService(service: string | undefined): void {
  if (service === undefined || SERVICES.some((known) => known === service)) return;
  throw new UsageError(`There is no service "${service}". Name one of: ${SERVICES.join(', ')}.`);
}

function inWords(parked: readonly Waiting[]): string {
  const header = ['service', 'consumer', 'kind', 'event', 'type', 'stream', 'tries', 'behind', 'since', 'error'];
  const rows = parked.map((one) => [
    ...[one.service, one.consumer, one.kind, one.event, one.type, one.stream],
    ...[String(one.attempts), String(one.behind), one.since, one.error],
  ]);
  return table(header, rows, ['tries', 'behind']);
}

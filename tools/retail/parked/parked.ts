import { parseArgs } from 'node:util';
import { printJson, say, UsageError } from '../command';
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
  else say(parked.length === 0 ? 'Nothing is parked.' : inWords(parked));
  return 0;
}

async function retry(api: Asked, asking: Asking): Promise<number> {
  const { taken, timers, failed } = await retryParked(api, asking);
  const ok = failed.length === 0;
  if (asking.json) printJson({ ok, taken, timers, failed });
  else {
    say(`${taken} events were taken in${timers > 0 ? `, and ${timers} timers fire again` : ''}.`);
    if (!ok) say(`These wait still:\n${inWords(failed)}`);
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
  const waiting = theOne(
    event,
    (await listParked(api, asking)).filter((one) => one.event === event),
  );
  const { position } = await skipParked(api, waiting, reason);
  const { service, consumer } = waiting;
  if (json) printJson({ ok: true, service, consumer, event, reason, position });
  else
    say(
      `${event} is given up for ${consumer} of ${service}; the log says so at ${position}. What waits behind it: retail parked retry.`,
    );
  return 0;
}

function theOne(event: string, found: readonly Waiting[]): Waiting {
  const [waiting, ...others] = found;
  if (!waiting)
    throw new UsageError(`${event} is not the first event of a parked stream. retail parked list names those that are.`);
  if (others.length === 0) return waiting;
  const consumers = found.map(({ service, consumer }) => `${consumer} of ${service}`).join(', ');
  throw new UsageError(`${event} is parked for several consumers: ${consumers}. Name one with --consumer and --service.`);
}

function inWords(parked: readonly Waiting[]): string {
  const header = ['service', 'consumer', 'kind', 'event', 'type', 'stream', 'tries', 'behind', 'since', 'error'];
  const rows = parked.map((one) => [
    ...[one.service, one.consumer, one.kind, one.event, one.type, one.stream],
    ...[String(one.attempts), String(one.behind), one.since, one.error],
  ]);
  return table(header, rows, ['tries', 'behind']);
}

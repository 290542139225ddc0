import { parseArgs } from 'node:util';
import { print, printJson } from '../command';
import { Api } from '../system/api';
import { table } from '../table';
import { systemUrl } from '../where';
import { readLag, type Backlog, type Lag } from './read-lag';

/**
 * `retail lag`: how far every view, process and relay is behind the logs that it reads, in events and in the age of the oldest that it
 * has not read, how many repeats it was spared, and how much is parked for it. The answer with `--json`:
 * `{ ok, consumers[]{ service, name, source, position, head, lag, seconds, lanes[], absorbed, parked }, parked: { events, timers } }`.
 */
export async function lagCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { url: { type: 'string' }, json: { type: 'boolean' }, token: { type: 'string' } },
  });
  const token = values.token ?? process.env['RETAIL_TOKEN'];
  const api = new Api({ url: await systemUrl(values.url), token, connections: 8 });
  try {
    const backlog = await readLag(api, Date.now);
    if (values.json === true) printJson({ ok: true, ...backlog });
    else print(inWords(backlog));
    return 0;
  } finally {
    api.close();
  }
}

function inWords({ consumers, parked: { events, timers } }: Backlog): string {
  const header = ['service', 'consumer', 'source', 'position', 'head', 'lag', 'oldest', 'absorbed', 'parked', 'lanes behind'];
  const shown = table(header, consumers.map(row), header.slice(3, -1));
  if (events + timers === 0) return shown;
  return `${shown}\n\nParked: events ${events}, timers ${timers}. What and why: retail parked list`;
}

function row({ service, name, source, position, head, lag, seconds, absorbed, parked, lanes }: Lag): string[] {
  const age = lag === 0 ? '' : `${seconds.toFixed(1)} s`;
  const behind = lanes.map((one) => `${one.lane}: ${one.lag}`).join(', ');
  return [service, name, source, String(position), String(head), String(lag), age, String(absorbed), String(parked), behind];
}

import { parseArgs } from 'node:util';
import { SERVICES } from '#libs/contracts';
import { printJson, say } from './command';
import { Api, type Asked } from './system/api';
import { readHeads, type Heads } from './system/at-rest';
import { bodyOf } from './system/problem';
import { table } from './table';
import { systemUrl } from './where';

/** One consumer of one source, all lanes together. */
interface Lag {
  service: string;
  name: string;
  source: string;
  position: number;
  head: number;
  lag: number;
  absorbed: number;
}

interface Progress {
  name: string;
  source: string;
  lane: number;
  position: number;
  absorbed: number;
}

/** `retail lag`: how far every view, process and relay is behind the logs that it reads. */
export async function lagCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { url: { type: 'string' }, json: { type: 'boolean' }, token: { type: 'string' } },
  });
  const token = values.token ?? process.env['RETAIL_TOKEN'];
  const api = new Api({ url: await systemUrl(values.url), token, connections: 8 });
  const consumers = await readLag(api);
  if (values.json === true) printJson({ ok: true, consumers });
  else say(inWords(consumers));
  api.close();
  return 0;
}

async function readLag(api: Asked): Promise<Lag[]> {
  const heads = await readHeads(api);
  const found = await Promise.all(
    SERVICES.map(async (service) => {
      const answer = await api.ask({ method: 'GET', path: `/${service}/consumers` });
      return summed(service, bodyOf<{ consumers: Progress[] }>(answer).consumers, heads);
    }),
  );
  return found.flat();
}

function summed(service: string, consumers: readonly Progress[], heads: Heads): Lag[] {
  const lags = new Map<string, Lag>();
  for (const { name, source, lane, position, absorbed } of consumers) {
    const key = `${name} ${source}`;
    const head = (heads as ReadonlyMap<string, readonly number[]>).get(source)?.[lane] ?? position;
    const lag = lags.get(key) ?? { service, name, source, position: 0, head: 0, lag: 0, absorbed: 0 };
    lags.set(key, {
      ...lag,
      position: lag.position + position,
      head: lag.head + head,
      lag: lag.lag + Math.max(0, head - position),
      absorbed: lag.absorbed + absorbed,
    });
  }
  return [...lags.values()];
}

function inWords(lags: readonly Lag[]): string {
  const header = ['service', 'consumer', 'source', 'position', 'head', 'lag', 'absorbed'];
  const rows = lags.map((lag) => [lag.service, lag.name, lag.source, lag.position, lag.head, lag.lag, lag.absorbed].map(String));
  return table(header, rows, header.slice(3));
}

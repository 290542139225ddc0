import { hash, randomUUID } from 'node:crypto';
import { SERVICES } from '#libs/contracts';
import type { Asked } from '../system/api';
import { bodyOf } from '../system/problem';

/** The first event of a stream that waits for a consumer, or a timer that does. */
export interface Waiting {
  service: string;
  consumer: string;
  kind: 'view' | 'process' | 'timer' | 'gone';
  /** Whose event it is; of a timer, the service itself. */
  source: string;
  /** What `skip` takes: `storefront-3-120`, or the id of a timer. */
  event: string;
  /** The type of the event, or the command of the timer. */
  type: string;
  /** The stream of the event, or the key of the timer. */
  stream: string;
  error: string;
  attempts: number;
  since: string;
  /** How many events of the stream wait behind it. */
  behind: number;
}

/** Which of what waits is meant; what is left out is any. */
export interface Which {
  service?: string | undefined;
  consumer?: string | undefined;
  stream?: string | undefined;
}

/** What came of a retry. */
export interface Retried {
  taken: number;
  timers: number;
  failed: Waiting[];
}

type Parked = Omit<Waiting, 'service'>;
type ParkedTimer = Omit<Parked, 'kind' | 'source' | 'type' | 'stream' | 'behind'> & { key: string; command: string };

const fits =
  ({ consumer, stream }: Which) =>
  (waiting: Waiting): boolean =>
    (consumer ?? waiting.consumer) === waiting.consumer && (stream ?? waiting.stream) === waiting.stream;
const servicesOf = ({ service }: Which): string[] => SERVICES.filter((one) => (service ?? one) === one);

/** What waits, service by service. */
export async function listParked(api: Asked, which: Which): Promise<Waiting[]> {
  const found = await Promise.all(
    servicesOf(which).map(async (service): Promise<Waiting[]> => {
      const path = `/${service}/parked`;
      const { parked, timers } = bodyOf<{ parked: Parked[]; timers: ParkedTimer[] }>(await api.ask({ method: 'GET', path }));
      return [...parked.map((one) => ({ service, ...one })), ...timers.map((timer) => asWaiting(service, timer))];
    }),
  );
  return found.flat().filter(fits(which));
}

function asWaiting(service: string, { key, command, ...timer }: ParkedTimer): Waiting {
  return { service, ...timer, kind: 'timer', source: service, type: command, stream: key, behind: 0 };
}

/** Gives what waits to its consumers again, until nothing more is taken in. */
export async function retryParked(api: Asked, which: Which): Promise<Retried> {
  const all: Retried = { taken: 0, timers: 0, failed: [] };
  for (const service of servicesOf(which)) {
    for (let more = true; more;) {
      const found = await retryOnce(api, service, which);
      all.taken += found.taken;
      all.timers += found.timers;
      // While there is more, what failed is tried again with the rest.
      if (!found.more) all.failed.push(...found.failed.map((one) => ({ service, ...one })));
      more = found.more;
    }
  }
  return all;
}

type RetriedOnce = Omit<Retried, 'failed'> & { failed: Parked[]; more: boolean };

function retryOnce(api: Asked, service: string, { consumer, stream }: Which): Promise<RetriedOnce> {
  const body = { ...(consumer !== undefined && { consumer }), ...(stream !== undefined && { stream }) };
  return post<RetriedOnce>(api, `/${service}/parked/retry`, body, randomUUID());
}

/**
 * Gives one event or timer up for its consumer. The same again, for the same reason, is answered as it was the first time.
 * @throws Refused `unknown-event`, `not-parked`, `not-first-of-stream`
 */
export function skipParked(
  api: Asked,
  { service, consumer, event }: Pick<Waiting, 'service' | 'consumer' | 'event'>,
  reason: string,
): Promise<{ position: string }> {
  const key = `skip/${hash('sha256', JSON.stringify([consumer, event, reason]))}`;
  return post(api, `/${service}/parked/skip`, { consumer, event, reason }, key);
}

async function post<T>(api: Asked, path: string, body: object, key: string): Promise<T> {
  return bodyOf<T>(await api.ask({ method: 'POST', path, body, headers: { 'idempotency-key': key } }));
}

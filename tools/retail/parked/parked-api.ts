import { randomUUID } from 'node:crypto';
import { SERVICES } from '#libs/contracts';
import type { Asked } from '../system/api';
import { bodyOf } from '../system/problem';

/** The first event of a stream that waits for a consumer, or a timer that does. */
export interface Waiting {
  service: string;
  consumer: string;
  kind: 'view' | 'process' | 'timer' | 'gone';
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
type ParkedTimer = Omit<Parked, 'kind' | 'type' | 'stream' | 'behind'> & { key: string; command: string };

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
      return [
        ...parked.map((one) => ({ service, ...one })),
        ...timers.map(({ key, command, ...rest }) => asWaiting(service, { ...rest, type: command, stream: key })),
      ];
    }),
  );
  return found.flat().filter(fits(which));
}

function asWaiting(service: string, timer: Omit<Parked, 'kind' | 'behind'>): Waiting {
  return { service, ...timer, kind: 'timer', behind: 0 };
}

/** Gives what waits to its consumers again, until nothing more is taken in. */
export async function retryParked(api: Asked, { consumer, stream, ...which }: Which): Promise<Retried> {
  const all: Retried = { taken: 0, timers: 0, failed: [] };
  for (const service of servicesOf(which)) {
    for (let more = true; more;) {
      const body = { ...(consumer !== undefined && { consumer }), ...(stream !== undefined && { stream }) };
      const found = await post<{ taken: number; timers: number; failed: Parked[]; more: boolean }>(
        api,
        `/${service}/parked/retry`,
        body,
      );
      all.taken += found.taken;
      all.timers += found.timers;
      if (!found.more) all.failed.push(...found.failed.map((one) => ({ service, ...one })));
      more = found.more;
    }
  }
  return all;
}

/** Gives one event or timer up for its consumer. @throws Refused */
export function skipParked(api: Asked, { service, consumer, event }: Waiting, reason: string): Promise<{ position: string }> {
  return post(api, `/${service}/parked/skip`, { consumer, event, reason });
}

async function post<T>(api: Asked, path: string, body: object): Promise<T> {
  return bodyOf<T>(await api.ask({ method: 'POST', path, body, headers: { 'idempotency-key': randomUUID() } }));
}

import { fromCloudEvent, type CloudEvent } from '../envelope';
import type { RecordedEvent } from '../vocabulary';
import type { LogReader } from './feed';

export interface HttpLogReaderOptions {
  /** Where a service's public API is: `http://127.0.0.1:3000`. */
  urlOf: (source: string) => string;
  /** A bearer token, where access is not open. */
  token: () => string | undefined;
}

const TIMEOUT_MS = 10_000;

/** Reads other services' logs through `GET /<service>/events`: the one call between services. */
export class HttpLogReader implements LogReader {
  private readonly ending = new AbortController();

  constructor(private readonly options: HttpLogReaderOptions) {}

  /** Ends what is being asked: nobody's shutdown waits for a service that does not answer. */
  stop(): void {
    this.ending.abort();
  }

  async read(source: string, lane: number, after: number, limit: number): Promise<RecordedEvent[]> {
    const page = await this.get<{ events: CloudEvent[] }>(source, `events?lane=${lane}&after=${after}&limit=${limit}`);
    return page.events.map(fromCloudEvent);
  }

  async heads(source: string): Promise<number[]> {
    const { heads } = await this.get<{ heads: { lane: number; position: number }[] }>(source, 'events/heads');
    return heads.map(({ position }) => position);
  }

  private async get<T>(source: string, path: string): Promise<T> {
    const url = `${this.options.urlOf(source)}/${source}/${path}`;
    const token = this.options.token();
    const headers = { accept: 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    const signal = AbortSignal.any([this.ending.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const response = await fetch(url, { headers, signal });
    if (!response.ok) throw new Error(`GET ${url} answered ${response.status}: ${(await response.text()).slice(0, 200)}`);
    return (await response.json()) as T;
  }
}

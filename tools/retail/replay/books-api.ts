import { parsePositions } from '#libs/eventsourcing';
import type { Asked } from '../system/api';
import { bodyOf } from '../system/problem';

/** A write to a public API. */
export interface Write {
  method?: 'POST' | 'PUT';
  path: string;
  /** Names what is written, so that it is written once, however often it is sent. */
  key: string;
  body: object;
  /** Holds the answer back until it is decided. */
  wait?: boolean;
}

/** What was written, and whether it was there before. */
export interface Written<T> {
  resource: T;
  isReplayed: boolean;
}

const WAIT_SECONDS = 30;

/** Writes to the system, and remembers how far its logs came by that. */
export class BooksApi {
  private readonly positions = new Map<string, Map<number, number>>();

  constructor(private readonly api: Asked) {}

  /** @throws Refused, or SystemAway when nobody answers */
  async write<T extends object>({ method = 'POST', path, key, body, wait = false }: Write): Promise<Written<T>> {
    const headers = { 'idempotency-key': `books/${key}`, ...(wait && { prefer: `wait=${WAIT_SECONDS}` }) };
    const answer = await this.api.ask({ method, path, body, headers });
    const resource = bodyOf<T & { position?: string }>(answer);
    this.note(resource.position ?? '');
    return { resource, isReplayed: answer.headers['idempotency-replayed'] === 'true' };
  }

  async read<T>(path: string, headers: Record<string, string> = {}): Promise<T> {
    return bodyOf<T>(await this.api.ask({ method: 'GET', path, headers }));
  }

  /** Waits until a service has seen everything that was written so far. */
  async seenBy(service: string): Promise<void> {
    await this.read(`/${service}/consumers`, { 'after-position': this.token() });
  }

  private note(token: string): void {
    for (const { source, lane, position } of token === '' ? [] : parsePositions(token)) {
      const lanes = this.positions.get(source) ?? new Map<number, number>();
      this.positions.set(source, lanes.set(lane, Math.max(position, lanes.get(lane) ?? 0)));
    }
  }

  private token(): string {
    const parts = [...this.positions].map(([source, lanes]) => {
      const positions = [...lanes].map(([lane, position]) => `${lane}=${position}`);
      return `${source}:${positions.join(',')}`;
    });
    return parts.join(';');
  }
}

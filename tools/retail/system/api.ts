import { Agent, request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';

/** What the system said. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Parsed JSON; undefined when there was no body or none that is JSON. */
  body: unknown;
}

/** A request as it is sent; a body goes as JSON. */
export interface Ask {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  headers?: Record<string, string>;
  body?: object;
}

/** Whoever can be asked: the system itself, or somebody who is more patient with it. */
export interface Asked {
  ask(ask: Ask): Promise<Answer>;
}

export interface ApiOptions {
  /** Where the system is: `http://127.0.0.1:3000`. */
  url: string;
  /** A bearer token, where access is not open. */
  token?: string | undefined;
  /** The most connections at once. */
  connections: number;
}

/** Longer than any answer that is held back for `Prefer: wait`. */
const TIMEOUT_MS = 45_000;

/**
 * The public APIs of the system over connections that are kept. Plain `node:http`, because whoever sends and whoever answers
 * share the processors, and this costs a third of what `fetch` does.
 */
export class Api implements Asked {
  private readonly agent: Agent;
  private readonly send: typeof request;
  private readonly base: URL;

  constructor(private readonly options: ApiOptions) {
    this.base = new URL(options.url);
    const secure = this.base.protocol === 'https:';
    const settings = { keepAlive: true, maxSockets: options.connections };
    this.agent = secure ? new SecureAgent(settings) : new Agent(settings);
    this.send = secure ? secureRequest : request;
  }

  /** Rejects when there is no answer; whatever status an answer has, it is one. */
  ask({ method, path, headers = {}, body }: Ask): Promise<Answer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const { token } = this.options;
    const all: Record<string, string | number> = { accept: 'application/json', ...headers };
    if (token !== undefined) all['authorization'] = `Bearer ${token}`;
    if (text !== undefined) Object.assign(all, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    return new Promise((resolve, reject) => {
      const url = new URL(path, this.base);
      const sent = this.send(url, { method, headers: all, agent: this.agent, timeout: TIMEOUT_MS }, (response) => {
        read(response).then((answer) => resolve(answer), reject);
      });
      sent.on('error', reject);
      sent.on('timeout', () => sent.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
      sent.end(text);
    });
  }

  /** Gives the connections back. */
  close(): void {
    this.agent.destroy();
  }
}

async function read(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const isJson = response.headers['content-type']?.includes('json') === true;
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: isJson ? (JSON.parse(text) as unknown) : undefined,
  };
}

import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Command } from '../command';
import { ending } from '../run-command';

/** A request as it came in. */
export interface Heard {
  method: string;
  path: string;
  body: unknown;
  key: string | undefined;
}

/** What is answered: a body, or a problem document when it has a `status` above 299. */
export type Script = (heard: Heard) => object & { status?: number };

/** A system that says what it is told to say, on a real port. */
export interface ScriptedSystem {
  url: string;
  heard: Heard[];
  /** Says this from now on. */
  script: Script;
  stop(): Promise<void>;
}

export async function scriptedSystem(script: Script): Promise<ScriptedSystem> {
  const system = { heard: [] as Heard[], script };
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { method = '', url: path = '', headers } = request;
      const heard = { method, path, body, key: headers['idempotency-key'] as string | undefined };
      system.heard.push(heard);
      const answer = system.script(heard);
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return Object.assign(system, { url, stop });
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

/** What somebody sees who calls `retail`. */
export interface Seen {
  status: number;
  out: string;
  err: string;
}

/** Calls a command with arguments, as the shell does, and keeps what it says. */
export async function retail(command: Command['run'], ...args: string[]): Promise<Seen> {
  const seen = { out: '', err: '' };
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => (seen.out += String(text)) !== '');
  const err = jest.spyOn(process.stderr, 'write').mockImplementation((text) => (seen.err += String(text)) !== '');
  try {
    const status = await ending(() => command(args), args);
    return { status, ...seen };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

/** The one object that a command prints with `--json`. */
// The caller knows what the command answers with.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function jsonOf<T>({ out }: Seen): T {
  return JSON.parse(out) as T;
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A write as it arrived. */
export interface Arrived {
  path: string;
  key: string;
  body: Record<string, unknown>;
}

interface Reply {
  status: number;
  body: object;
  headers?: Record<string, string>;
}

/** A system that takes everything and knows keys that it has seen; what it should refuse is told. */
export class FakeShop {
  readonly writes: Arrived[] = [];
  readonly begun = new Set<string>();
  /** What is answered to a write in place of the usual. */
  answer: (write: Arrived) => Reply | undefined = () => undefined;
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  to(path: string): Arrived[] {
    return this.writes.filter((write) => write.path.startsWith(path));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const {
      status,
      body,
      headers: more,
    } = method === 'GET'
      ? read(path)
      : this.write({ path, key: String(headers['idempotency-key']), body: JSON.parse(text) as Arrived['body'] });
    response.writeHead(status, { 'content-type': 'application/json', ...more }).end(JSON.stringify(body));
  }

  private write(write: Arrived): Reply {
    this.writes.push(write);
    const told = this.answer(write);
    if (told) return told;
    const isKnown = this.begun.has(write.key);
    this.begun.add(write.key);
    return {
      status: isKnown ? 200 : 201,
      body: { id: `id-${write.key.split('/')[1]}`, status: statusAt(write.path), position: 'storefront:0=1' },
      headers: isKnown ? { 'idempotency-replayed': 'true' } : {},
    };
  }
}

function statusAt(path: string): string {
  return path === '/lingshoutong/supply-orders' ? 'accepted' : 'confirmed';
}

function read(path: string): Reply {
  const body = path.endsWith('/heads') ? { heads: [{ lane: 0, position: 1 }] } : { consumers: [] };
  return { status: 200, body };
}

import { connect, type Socket } from 'node:net';

/** An answer off the wire. */
export interface Reply {
  status: number;
  body: string;
}

const HEAD_END = '\r\n\r\n';

/**
 * One HTTP connection that is kept, one request at a time. Written by hand, because whoever makes the load shares the processors
 * with whom it is made for, and this costs a fraction of what Node's client does. It understands what our services
 * answer with: a status line and a body of a length that is told before.
 */
export class Wire {
  private readonly socket: Socket;
  private received = '';
  private waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | undefined;

  constructor(private readonly url: URL) {
    this.socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    // One byte a character: the length that is told counts bytes.
    this.socket.setEncoding('latin1');
    this.socket.on('data', (chunk: string) => this.take(chunk));
    this.socket.on('error', (error) => this.waiting?.reject(error));
    this.socket.on('close', () => this.waiting?.reject(new Error('The system closed the connection.')));
  }

  /** Sends one request; rejects when there is no answer. @param headers lines, each with its end */
  ask(method: 'GET' | 'POST', path: string, headers: string, body = ''): Promise<Reply> {
    const length = body === '' ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(`${method} ${path} HTTP/1.1\r\nhost: ${this.url.host}\r\n${headers}${length}\r\n${body}`);
    });
  }

  close(): void {
    this.socket.removeAllListeners('close');
    this.socket.destroy();
  }

  private take(chunk: string): void {
    this.received += chunk;
    const found = parseReply(this.received);
    if (!found) return;
    const { length, ...reply } = found;
    this.received = this.received.slice(length);
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.resolve(reply);
  }
}

/** The first answer in a text of one byte a character, and how long it is; undefined while it is not whole. */
export function parseReply(text: string): (Reply & { length: number }) | undefined {
  const end = text.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const told = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end + 2));
  const from = end + HEAD_END.length;
  const to = from + Number(told?.[1] ?? 0);
  if (text.length < to) return undefined;
  const body = Buffer.from(text.slice(from, to), 'latin1').toString('utf8');
  return { status: Number(text.slice(9, 12)), body, length: to };
}

import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * Stands between a client and its database, and loses an answer when it is told to: what was asked has been done, and who asked never
 * hears of it.
 */
export class Proxy {
  private losing: string | undefined;
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  lost = 0;

  private constructor(private readonly target: URL) {}

  static async before(databaseUrl: string): Promise<{ proxy: Proxy; url: string }> {
    const proxy = new Proxy(new URL(databaseUrl));
    const url = new URL(databaseUrl);
    url.port = String(await proxy.listen());
    return { proxy, url: url.href };
  }

  /** The next answer to a question in which these words occur is lost, with the connection that it would have come by. */
  loseAnswerTo(words: string): void {
    this.losing = words;
  }

  close(): void {
    this.sockets.forEach((socket) => socket.destroy());
    this.server?.close();
  }

  private listen(): Promise<number> {
    const server = createServer((client) => this.join(client));
    this.server = server;
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
  }

  private join(client: Socket): void {
    const database = connect(Number(this.target.port), this.target.hostname);
    for (const [socket, other] of [
      [client, database],
      [database, client],
    ] as const) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
    const state = { doomed: false };
    client.on('data', (bytes) => {
      state.doomed ||= this.isDoomed(bytes);
      database.write(bytes);
    });
    database.on('data', (bytes) => {
      if (state.doomed) client.destroy();
      else client.write(bytes);
    });
  }

  private isDoomed(question: Buffer): boolean {
    if (this.losing === undefined || !question.includes(this.losing)) return false;
    this.losing = undefined;
    this.lost++;
    return true;
  }
}

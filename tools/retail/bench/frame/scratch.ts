import { rmSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalKafka } from '../../../local/kafka';
import { packageRoot } from '../../../local/package-root';
import { LocalPostgres } from '../../../local/postgres';

interface Server {
  stop(): Promise<unknown>;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * A fresh place for one benchmark: servers of its own, as durable as `npm start` has them, in a folder that goes with it. Nothing
 * that another run left behind takes part.
 */
export class Scratch {
  private readonly stops: (() => Promise<unknown>)[] = [];
  private readonly servers: Server[] = [];
  private readonly sweep = (): void => rmSync(this.folder, { recursive: true, force: true });
  /** Who interrupts a benchmark wants its servers gone as well. */
  private readonly interrupted = (): void => {
    void Promise.allSettled(this.servers.map((server) => server.stop())).then(() => process.exit(1));
  };

  private constructor(
    /** Empty at first; the system's user that runs PostgreSQL for root can get at it. */
    readonly folder: string,
    private readonly say: (message: string) => void,
  ) {
    process.once('exit', this.sweep);
    for (const signal of SIGNALS) process.once(signal, this.interrupted);
  }

  static async make(say: (message: string) => void): Promise<Scratch> {
    const folder = await mkdtemp(join(tmpdir(), 'new-retail-bench-'));
    await chmod(folder, 0o755);
    return new Scratch(folder, say);
  }

  /** Starts a PostgreSQL whose commits are on disk before they are answered; gives its URL. */
  async postgres(): Promise<string> {
    const postgres = new LocalPostgres({ folder: join(this.folder, 'postgres'), durable: true, say: this.say });
    this.owns(postgres);
    return postgres.start();
  }

  /** Starts a broker; gives `host:port`. @throws Error where there is no Java for it */
  async kafka(): Promise<string> {
    const home = join(packageRoot(), 'tools', 'kafka');
    if (!(await LocalKafka.isPossible(home))) {
      throw new Error(
        'This benchmark needs Kafka: install Java 17 and Maven, and run `npm start` once, which fetches the broker.',
      );
    }
    const kafka = new LocalKafka({ folder: join(this.folder, 'kafka'), home, say: this.say });
    this.owns(kafka);
    return kafka.start();
  }

  /** Has a server stopped at the end, and also when somebody interrupts the benchmark; then nobody waits for what is under way. */
  owns(server: Server): void {
    this.servers.push(server);
    this.onClose(() => server.stop());
  }

  /** Has something stopped at the end; what was started last is stopped first. */
  onClose(stop: () => Promise<unknown>): void {
    this.stops.push(stop);
  }

  /** Stops everything, whatever one of them has against it, and removes the folder. */
  async close(): Promise<void> {
    for (let stop = this.stops.pop(); stop; stop = this.stops.pop()) {
      await stop().catch((error: unknown) => this.say(`Stopping: ${String(error)}`));
    }
    await rm(this.folder, { recursive: true, force: true });
    process.off('exit', this.sweep);
    for (const signal of SIGNALS) process.off(signal, this.interrupted);
  }
}

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalKafka } from '../../../tools/local/kafka';
import { packageRoot } from '../../../tools/local/package-root';
import { answers } from '../../../tools/local/ports';
import { tally } from './tally';
import { until } from './until';

const BACK_MS = 90_000;

/** A Kafka that may be killed: its own, and started again by whoever looks after it. */
export class OwnBroker {
  private constructor(
    private readonly folder: string,
    private readonly kafka: LocalKafka,
    readonly address: string,
  ) {}

  static async start(): Promise<OwnBroker> {
    const folder = await mkdtemp(join(tmpdir(), 'new-retail-faults-'));
    const home = join(packageRoot(), 'tools', 'kafka');
    const kafka = new LocalKafka({ folder, home, say: () => undefined });
    return new OwnBroker(folder, kafka, await kafka.start());
  }

  async kill(): Promise<void> {
    const pid = await this.pid();
    process.kill(pid, 'SIGKILL');
    tally('kills');
    await until(async () => !(await this.answers()), 'the broker to be gone');
  }

  answers(): Promise<boolean> {
    return answers(Number(this.address.split(':')[1]));
  }

  /** Resolves when it answers again. */
  async returns(): Promise<void> {
    await until(() => this.answers(), 'the broker to come back', BACK_MS);
  }

  async stop(): Promise<void> {
    await this.kafka.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async pid(): Promise<number> {
    return Number(await readFile(join(this.folder, 'pid'), 'utf8'));
  }
}

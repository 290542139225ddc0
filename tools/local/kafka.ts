import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { inBackground } from './in-background';
import { stopOrphan } from './orphan';
import { answers, eventually, rememberedPort } from './ports';
import { Supervised, type SupervisedParts } from './supervised';

const run = promisify(execFile);
const READY_MS = 60_000;
const MEMORY = ['-Xms128m', '-Xmx512m'];
/** For a broker that runs for an hour on two cores: the second compiler and a collector with threads of its own take more than they give. */
const SMALL = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
const QUIET = '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn';

export interface LocalKafkaOptions {
  /** Its folder: data, log, settings and ports. */
  folder: string;
  /** `tools/kafka` of this package: the template of the settings, and `lib` with the broker. */
  home: string;
  say: (message: string) => void;
}

/** A broker of our own on loopback ports, from the artifacts that Maven fetched. */
export class LocalKafka {
  private supervised: Supervised | undefined;
  private readonly folder: string;

  constructor(private readonly options: LocalKafkaOptions) {
    this.folder = resolve(options.folder);
  }

  /** Whether the broker's artifacts and a Java to run them are here. */
  static async isPossible(home: string): Promise<boolean> {
    const jars = await readdir(join(home, 'lib')).catch(() => []);
    return jars.length > 0 && (await javaVersion()) >= 17;
  }

  /** A run that was killed leaves its broker behind; two on one folder would fight over it. */
  static async stopLeftBehind(folder: string, say: (message: string) => void): Promise<boolean> {
    const pid = Number(await readFile(join(resolve(folder), 'pid'), 'utf8').catch(() => '0'));
    const stopped = await stopOrphan(pid, resolve(folder), 'SIGTERM');
    if (stopped) say('Stopped the Kafka that an earlier run left behind.');
    return stopped;
  }

  /** Starts it, formatting its storage at first; gives `host:port`. */
  async start(): Promise<string> {
    await mkdir(this.folder, { recursive: true });
    await LocalKafka.stopLeftBehind(this.folder, this.options.say);
    const port = await rememberedPort(join(this.folder, 'port'));
    const settings = await this.writeSettings(port, await rememberedPort(join(this.folder, 'controller-port')));
    await this.format(settings);
    this.supervised = new Supervised(await this.server(port, settings));
    await this.supervised.start();
    return `127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    await this.supervised?.stop();
  }

  private async server(port: number, settings: string): Promise<SupervisedParts> {
    const log = join(this.folder, 'kafka.log');
    return {
      name: 'Kafka',
      ...(await inBackground({
        file: 'java',
        args: [...MEMORY, ...SMALL, QUIET, '-cp', this.classPath, 'kafka.Kafka', settings],
      })),
      options: { cwd: this.folder },
      log,
      pidFile: join(this.folder, 'pid'),
      stopSignal: 'SIGTERM',
      ready: (_pid, signal) =>
        eventually(() => answers(port), { timeoutMs: READY_MS, complaint: `Kafka is not ready; see ${log}.`, signal }),
      meanwhile: 'Orders are taken and events wait in the log until it is back.',
      say: this.options.say,
    };
  }

  private get classPath(): string {
    return join(resolve(this.options.home), 'lib', '*');
  }

  private async writeSettings(port: number, controllerPort: number): Promise<string> {
    const template = await readFile(join(this.options.home, 'server.properties'), 'utf8');
    const filled = template
      .replaceAll('@PORT@', String(port))
      .replaceAll('@CONTROLLER_PORT@', String(controllerPort))
      .replaceAll('@DATA@', join(this.folder, 'data'));
    const file = join(this.folder, 'server.properties');
    await writeFile(file, filled);
    return file;
  }

  private async format(settings: string): Promise<void> {
    if (existsSync(join(this.folder, 'data', 'meta.properties'))) return;
    const tool = ['-cp', this.classPath, 'kafka.tools.StorageTool'];
    await run('java', [...tool, 'format', '-t', clusterId(), '-c', settings]);
  }
}

/** A random id as Kafka spells them. With a first bit of 0 it begins with a letter: the tool would take a dash for an option. */
function clusterId(): string {
  const id = randomBytes(16);
  id[0] = (id[0] ?? 0) & 0x7f;
  return id.toString('base64url');
}

/** The major version of the Java on the path; 0 when there is none. */
export async function javaVersion(): Promise<number> {
  return run('java', ['-version']).then(
    ({ stderr }) => Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0),
    () => 0,
  );
}

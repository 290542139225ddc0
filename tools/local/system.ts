import { join } from 'node:path';
import { AllInOneModule } from '../../apps/all-in-one/src/all-in-one.module';
import { createApp, listen, loadConfig, StartError } from '#libs/platform';
import { DataFolder, type Whereabouts } from './data-folder';
import { LocalKafka } from './kafka';
import { packageRoot } from './package-root';
import { tryPort } from './ports';
import { LocalPostgres } from './postgres';

export interface SystemOptions {
  dataDir: string;
  /** `auto`: Kafka where brokers are named or one can be run here, else the logs themselves. */
  bus: 'auto' | 'kafka' | 'postgres';
  /** 0 takes any free one. */
  port: number;
  fresh?: boolean;
  /** False only in tests: commits do not wait for the disk. */
  durable?: boolean;
  env?: Readonly<Record<string, string | undefined>>;
  /** Told what a person should know while it runs. */
  say?: (message: string) => void;
}

/** The whole system at work. */
export interface RunningSystem extends Whereabouts {
  stop(): Promise<void>;
}

interface Bus {
  kind: 'kafka' | 'postgres';
  brokers: string[];
  stop: () => Promise<void>;
}

/** Starts PostgreSQL, the bus and every service in this process. What is named by DATABASE_URL or KAFKA_BROKERS is used instead. */
export async function startSystem(options: SystemOptions): Promise<RunningSystem> {
  const { env = process.env, say = () => undefined, fresh = false } = options;
  const folder = new DataFolder(options.dataDir);
  await folder.assertFree();
  await assertPortFree(options.port);
  if (fresh) await stopEarlierServers(options, say);
  await folder.take(fresh);
  const stops = [() => folder.release()];
  try {
    const [database, bus] = await bothOrNone(startDatabase(options, env, say), startBus(options, env, say));
    stops.push(() => Promise.all([database.stop(), bus.stop()]).then(() => undefined));
    const PRIVACY_MASTER_KEY = env['PRIVACY_MASTER_KEY'] || (await folder.masterKey());
    const app = await startServices(options, { ...env, PRIVACY_MASTER_KEY }, { database, bus });
    stops.push(() => app.stop());
    const whereabouts = { url: app.url, pid: process.pid, databaseUrl: database.url, bus: bus.kind, brokers: bus.brokers };
    await folder.tell(whereabouts);
    return { ...whereabouts, stop: () => stopAll(stops) };
  } catch (error) {
    await stopAll(stops);
    throw error;
  }
}

/** The last one first; who does not stop well keeps nobody else from stopping. */
async function stopAll(stops: (() => Promise<void>)[]): Promise<void> {
  const last = stops.pop();
  if (!last) return;
  try {
    await last();
  } finally {
    await stopAll(stops);
  }
}

/** Asked before anything is started, because a taken port is the usual reason why a start fails. */
async function assertPortFree(port: number): Promise<void> {
  if ((await tryPort(port)) !== undefined) return;
  throw new StartError(`Port ${port} on 127.0.0.1 is taken. Name a free one with --port, or stop what listens there.`);
}

async function startServices(
  { port }: SystemOptions,
  env: Env,
  { database, bus }: { database: Started; bus: Bus },
): Promise<Started> {
  const config = loadConfig({
    LOG_LEVEL: 'warn',
    ...env,
    PORT: String(port),
    DATABASE_URL: database.url,
    BUS: bus.kind,
    ...(bus.brokers.length > 0 && { KAFKA_BROKERS: bus.brokers.join(',') }),
    // The same after a restart, so that what a killed run held is taken up at once.
    INSTANCE: env['INSTANCE'] ?? 'all-in-one',
  });
  const app = await createApp(AllInOneModule, config, { name: 'retail' });
  return { url: await listen(app, config), stop: () => app.close() };
}

/** A fresh start empties the folders of servers that an earlier run may have left behind: they have to go first. */
async function stopEarlierServers({ dataDir }: SystemOptions, say: Say): Promise<void> {
  await LocalPostgres.stopLeftBehind(join(dataDir, 'postgres'), say);
  await LocalKafka.stopLeftBehind(join(dataDir, 'kafka'), say);
}

interface Started {
  url: string;
  stop: () => Promise<void>;
}

/** When one of them fails the other is stopped: nobody is left behind. */
async function bothOrNone(database: Promise<Started>, bus: Promise<Bus>): Promise<[Started, Bus]> {
  const [one, other] = await Promise.allSettled([database, bus]);
  if (one.status === 'fulfilled' && other.status === 'fulfilled') return [one.value, other.value];
  if (one.status === 'fulfilled') await one.value.stop();
  if (other.status === 'fulfilled') await other.value.stop();
  throw one.status === 'rejected' ? one.reason : (other as PromiseRejectedResult).reason;
}

type Env = NonNullable<SystemOptions['env']>;
type Say = (message: string) => void;

async function startDatabase({ dataDir, durable = true }: SystemOptions, env: Env, say: Say): Promise<Started> {
  const named = env['DATABASE_URL'];
  if (named) return { url: named, stop: () => Promise.resolve() };
  const postgres = new LocalPostgres({ folder: join(dataDir, 'postgres'), durable, say });
  return { url: await postgres.start(), stop: () => postgres.stop() };
}

async function startBus({ dataDir, bus }: SystemOptions, env: Env, say: Say): Promise<Bus> {
  const nothing = (): Promise<void> => Promise.resolve();
  if (bus === 'postgres') return { kind: 'postgres', brokers: [], stop: nothing };
  const named = env['KAFKA_BROKERS'];
  if (named) return { kind: 'kafka', brokers: named.split(','), stop: nothing };
  const home = join(packageRoot(), 'tools', 'kafka');
  if (await LocalKafka.isPossible(home)) {
    const kafka = new LocalKafka({ folder: join(dataDir, 'kafka'), home, say });
    return { kind: 'kafka', brokers: [await kafka.start()], stop: () => kafka.stop() };
  }
  if (bus === 'kafka') {
    throw new Error(
      'No Kafka can be run here: it needs Java 17 and, at the first start, Maven. Or set KAFKA_BROKERS, or --bus postgres.',
    );
  }
  say('No Java 17 with Maven here, so events travel by PostgreSQL instead of Kafka. Everything else is the same.');
  return { kind: 'postgres', brokers: [], stop: nothing };
}

import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { startSystem, type RunningSystem } from '../local/system';
import { say, UsageError } from './command';
import { seedDemo } from './demo/seed';

const BUSES = ['auto', 'kafka', 'postgres'] as const;
type Bus = (typeof BUSES)[number];

const OPTIONS = {
  fresh: { type: 'boolean', default: false },
  port: { type: 'string', default: '3000' },
  bus: { type: 'string', default: 'auto' },
  'data-dir': { type: 'string', default: '.retail' },
  'no-demo': { type: 'boolean', default: false },
} as const;

/** `retail start`: runs the whole system until it is told to stop. */
export async function startCommand(args: string[]): Promise<number> {
  const began = performance.now();
  const { values } = parseArgs({ args, options: OPTIONS });
  const port = portOf(values.port);
  const bus = busOf(values.bus);
  const asked = askedToStop();
  const system = await startSystem({ dataDir: values['data-dir'], bus, port, fresh: values.fresh, say });
  if (!asked.aborted) {
    announce(system, (performance.now() - began) / 1000);
    if (!values['no-demo']) void setUpDemo(system.url, asked);
    await once(asked, 'abort');
  }
  await system.stop();
  say('Stopped.');
  return 0;
}

/** Says so at the first signal to stop, also during the start; a second one is not waited for. */
function askedToStop(): AbortSignal {
  const asked = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      say(`${signal}: ending what is under way …`);
      asked.abort();
    });
  }
  return asked.signal;
}

function announce({ url, bus, brokers, databaseUrl }: RunningSystem, seconds: number): void {
  const travels = bus === 'kafka' ? `Kafka at ${brokers.join(', ')}` : 'PostgreSQL (no broker)';
  const lines = [
    `New Retail is ready after ${seconds.toFixed(1)} s. Ctrl-C stops it.`,
    `  page       ${url}/`,
    `  APIs       ${url}/docs`,
    `  health     ${url}/health`,
    `  events by  ${travels}`,
    `  database   ${databaseUrl}`,
    process.env['AUTH_JWT_SECRET']
      ? '  access     with bearer tokens'
      : '  access     open, because it listens on loopback only; anything else needs tokens',
  ];
  say(lines.join('\n'));
}

async function setUpDemo(url: string, asked: AbortSignal): Promise<void> {
  const outcome = await seedDemo(url).then(
    (what) => `  demo       ${what}`,
    (error: unknown) => `The demo city could not be set up: ${String(error)}`,
  );
  if (!asked.aborted) say(outcome);
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port is "${text}". Name a port from 0 (any free one) to 65535.`);
}

function busOf(text: string): Bus {
  const bus = BUSES.find((known) => known === text);
  if (bus) return bus;
  throw new UsageError(`--bus is "${text}". Name one of: ${BUSES.join(', ')}.`);
}

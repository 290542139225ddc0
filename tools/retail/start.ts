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
  const system = await startSystem({ dataDir: values['data-dir'], bus: busOf(values.bus), port, fresh: values.fresh, say });
  const stopped = untilStopped(system);
  announce(system, (performance.now() - began) / 1000);
  if (!values['no-demo']) {
    await seedDemo(system.url).then(
      (what) => say(`  demo       ${what}`),
      (error: unknown) => say(`The demo city could not be set up: ${String(error)}`),
    );
  }
  say('Ctrl-C stops it.');
  return stopped;
}

function announce({ url, bus, brokers, databaseUrl }: RunningSystem, seconds: number): void {
  const travels = bus === 'kafka' ? `Kafka at ${brokers.join(', ')}` : 'PostgreSQL (no broker)';
  const lines = [
    `New Retail is ready after ${seconds.toFixed(1)} s.`,
    `  page       ${url}/`,
    `  APIs       ${url}/docs`,
    `  health     ${url}/health`,
    `  events by  ${travels}`,
    `  database   ${databaseUrl}`,
    process.env['AUTH_JWT_SECRET'] === undefined
      ? '  access     open, because it listens on loopback only; anything else needs tokens'
      : '  access     with bearer tokens',
  ];
  say(lines.join('\n'));
}

/** Resolves with the exit status after the first signal to stop; a second signal is heard when the first did not help. */
function untilStopped(system: RunningSystem): Promise<number> {
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals): void => {
      say(`${signal}: ending what is under way …`);
      system.stop().then(
        () => {
          say('Stopped.');
          resolve(0);
        },
        (error: unknown) => {
          say(`It did not stop cleanly: ${String(error)}`);
          resolve(1);
        },
      );
    };
    process.once('SIGINT', stop).once('SIGTERM', stop);
  });
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

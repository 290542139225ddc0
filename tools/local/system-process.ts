import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DataFolder, type Whereabouts } from './data-folder';
import { isAlive } from './orphan';
import { NODE_FLAGS } from './node-flags';
import { packageRoot } from './package-root';

export interface SystemProcessOptions {
  dataDir: string;
  bus: 'auto' | 'kafka' | 'postgres';
  /** 0, or none, takes any free one. */
  port?: number;
  /** Sets the demo city up. */
  demo?: boolean;
  /** Beside what this process has. */
  env?: Readonly<Record<string, string>>;
}

/** The whole system as `npm start` runs it, in a process of its own that can be killed. */
export interface SystemProcess extends Whereabouts {
  /** What it has said so far. */
  said(): Promise<string>;
  /** As Ctrl-C does. Resolves with the exit status. */
  stop(): Promise<number | null>;
  /** SIGKILL: for everything at one moment, as when the power fails, or for the process alone, whose servers are left behind. */
  kill(what: 'everything' | 'process'): Promise<void>;
}

const READY_MS = 120_000;
const LOOK_MS = 50;

/** Starts `retail start` and waits until it is ready. @throws Error with what it said when it ends before */
export async function startSystemProcess(options: SystemProcessOptions): Promise<SystemProcess> {
  const folder = new DataFolder(options.dataDir);
  const log = `${folder.path}.log`;
  const said = (): Promise<string> => readFile(log, 'utf8');
  const child = spawnStart(options, log);
  const gone = once(child, 'exit') as Promise<[number | null]>;
  const isGone = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const whereabouts = await ready(folder, child.pid, isGone);
  if (!whereabouts) throw new Error(`The system did not start:\n${await said()}`);
  const stop = async (): Promise<number | null> => {
    child.kill('SIGINT');
    return (await gone)[0];
  };
  const kill = async (what: 'everything' | 'process'): Promise<void> => {
    const servers = what === 'everything' ? await serversOf(folder) : [];
    // The process first: it would start its servers again.
    child.kill('SIGKILL');
    for (const pid of servers) process.kill(pid, 'SIGKILL');
    await gone;
  };
  return { ...whereabouts, said, stop, kill };
}

function spawnStart({ dataDir, bus, port = 0, demo = false, env }: SystemProcessOptions, log: string): ChildProcess {
  const output = openSync(log, 'a');
  const options = ['--data-dir', resolve(dataDir), '--bus', bus, '--port', String(port), ...(demo ? [] : ['--no-demo'])];
  const child = spawn(process.execPath, [...NODE_FLAGS, join(packageRoot(), 'tools', 'run.mjs'), 'start', ...options], {
    // Servers of its own, and not those of a test that runs it.
    env: { ...process.env, ...env, DATABASE_URL: '', KAFKA_BROKERS: '', AUTH_JWT_SECRET: '' },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  return child;
}

/** Undefined when it ends before. */
async function ready(folder: DataFolder, pid: number | undefined, isGone: () => boolean): Promise<Whereabouts | undefined> {
  for (const deadline = performance.now() + READY_MS; !isGone(); await setTimeout(LOOK_MS)) {
    const found = await folder.whereabouts();
    if (found && found.pid === pid) return found;
    if (performance.now() > deadline) throw new Error(`The system was not ready after ${READY_MS / 1000} s.`);
  }
  return undefined;
}

async function serversOf({ path }: DataFolder): Promise<number[]> {
  const files = ['postgres', 'kafka'].map((name) => readFile(join(path, name, 'pid'), 'utf8').catch(() => '0'));
  return (await Promise.all(files)).map(Number).filter(isAlive);
}

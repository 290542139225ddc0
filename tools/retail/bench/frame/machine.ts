import { execFile } from 'node:child_process';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { promisify } from 'node:util';
import { javaVersion } from '../../../local/kafka';

const run = promisify(execFile);

/** How many cores everything together has: figures of different machines can be compared only when this is the same. */
export const CORES = 2;

/** What the numbers were measured on. */
export interface Machine {
  cpu: string;
  /** Those that the benchmark could use, and those that are there. */
  cores: number;
  coresOfMachine: number;
  memoryGb: number;
  system: string;
  node: string;
  java: number;
}

export async function machine(): Promise<Machine> {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    coresOfMachine: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    java: await javaVersion(),
  };
}

/**
 * Keeps this process and everything that it starts from now on to two cores, where the machine has more and can be told so.
 * Says when it cannot.
 */
export async function keepToTwoCores(say: (message: string) => void): Promise<void> {
  if (availableParallelism() <= CORES) return;
  const cores = `0-${CORES - 1}`;
  await run('taskset', ['-a', '-c', '-p', cores, String(process.pid)]).catch(() =>
    say(`taskset cannot keep this to ${CORES} cores: the figures are those of ${availableParallelism()} cores.`),
  );
}

import { execFile } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { javaVersion } from '../../../local/kafka';
import { median, rounded } from './statistics';

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
  /** How long the disk takes to have a page for certain: nothing is committed faster. */
  fsyncMs: number;
}

/** @param folder on the disk that is measured */
export async function machine(folder: string): Promise<Machine> {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    coresOfMachine: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    java: await javaVersion(),
    fsyncMs: await fsyncMs(folder),
  };
}

const PAGE_BYTES = 8192;
const SYNCS = 50;

async function fsyncMs(folder: string): Promise<number> {
  const path = join(folder, 'fsync');
  const file = await open(path, 'w');
  const times: number[] = [];
  for (let n = 0; n < SYNCS; n++) {
    const began = performance.now();
    await file.write(Buffer.alloc(PAGE_BYTES), 0, PAGE_BYTES, n * PAGE_BYTES);
    await file.sync();
    times.push(performance.now() - began);
  }
  await file.close();
  await rm(path);
  return rounded(median(times));
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

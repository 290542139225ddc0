import { readFile, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** Whether somebody on this machine accepts connections on a port. */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const done = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => done(true)).once('error', () => done(false));
  });
}

/** Whether a port can be listened on: of 0, any. Gives the port, or undefined. */
export function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const { port: found } = server.address() as AddressInfo;
      server.close(() => resolve(found));
    });
  });
}

/** The port that was used last time if it is free, else another; remembered in `file`, so that addresses stay the same. */
export async function rememberedPort(file: string): Promise<number> {
  const last = Number(await readFile(file, 'utf8').catch(() => '0'));
  const port = (last > 0 ? await tryPort(last) : undefined) ?? (await tryPort(0));
  if (port === undefined) throw new Error('This machine has no free port on 127.0.0.1.');
  await writeFile(file, String(port));
  return port;
}

const LOOK_MS = 50;

export interface Patience {
  timeoutMs: number;
  /** What the error says when the time is up. */
  complaint: string;
  /** Ends the waiting before its time. */
  signal?: AbortSignal;
}

/** Waits until a condition holds. @throws Error with `complaint` when it does not within `timeoutMs` */
export async function eventually(holds: () => Promise<boolean>, { timeoutMs, complaint, signal }: Patience): Promise<void> {
  for (const deadline = performance.now() + timeoutMs; !(await holds());) {
    if (performance.now() > deadline) throw new Error(complaint);
    await setTimeout(LOOK_MS, undefined, { signal });
  }
}

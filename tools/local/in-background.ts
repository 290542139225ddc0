import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Starts a program under Linux's policy for what works in the background (SCHED_BATCH); part of util-linux. */
const STARTER = ['chrt', '--batch', '0'];

export interface Command {
  file: string;
  args: readonly string[];
}

/**
 * What starts a server beside our program on the same few cores: it gets its share of them as before, but does not push aside whoever
 * runs at the moment when it wakes up (ADR 49). Where the system has no such starter the command is as it was.
 */
export async function inBackground({ file, args }: Command, [starter = '', ...options] = STARTER): Promise<Command> {
  const works = await run(starter, [...options, 'true']).then(
    () => true,
    () => false,
  );
  return works ? { file: starter, args: [...options, file, ...args] } : { file, args };
}

/**
 * What a line can bring upon whoever reads it. `kill…` and `stop…` befall a process in the middle of its work: in the view's
 * transaction, between its rows and its checkpoint, or among the commands of a process. The others are poison for ever.
 */
export type Mishap = 'kill-view' | 'kill-process' | 'stop-view' | 'indigestible' | 'unstorable' | 'refused';

let prone = false;

/** Lets this process meet the next mishap, once; all others read over it. */
export function becomeProne(): void {
  prone = true;
}

export function befall(where: 'view' | 'process', mishap: Mishap | undefined): void {
  if (!prone || !mishap?.endsWith(`-${where}`)) return;
  prone = false;
  process.kill(process.pid, mishap.startsWith('kill') ? 'SIGKILL' : 'SIGSTOP');
}

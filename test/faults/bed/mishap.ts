/**
 * What a line can bring upon whoever reads it. `kill…` and `stop…` befall a process in the middle of its work: in the view's
 * transaction, between its rows and its checkpoint; among the commands of a process; or in the relay, killed when the broker has the
 * line and before the checkpoint, stopped before it sends. The others are poison for ever.
 */
export type Mishap = `kill-${Where}` | 'stop-view' | 'stop-relay' | 'indigestible' | 'unstorable' | 'refused';
export type Where = 'view' | 'process' | 'relay';

let prone = false;

/** Lets this process meet the next mishap, once; all others read over it. */
export function becomeProne(): void {
  prone = true;
}

export function befall(where: Where, mishap: Mishap | undefined): void {
  if (!prone || !mishap?.endsWith(`-${where}`)) return;
  prone = false;
  process.kill(process.pid, mishap.startsWith('kill') ? 'SIGKILL' : 'SIGSTOP');
}

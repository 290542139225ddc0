/**
 * What a line can bring upon whoever reads it. `kill…` and `stop…` befall a process in the middle of its work: in the view's
 * transaction, between its rows and its checkpoint; among the commands of a process; or in the relay, killed when the broker has the
 * line and before the checkpoint, stopped before it sends. The others are poison for ever.
 */
export type Mishap = `kill-${Where}` | 'stop-view' | 'stop-relay' | 'indigestible' | 'unstorable' | 'refused';
export type Where = 'view' | 'process' | 'relay';

let prone: Mishap | boolean = false;

/** Lets this process meet the next mishap, or the next of a kind, once; all others read over it. */
export function becomeProne(to: Mishap | true): void {
  prone = to;
}

export function befall(where: Where, mishap: Mishap | undefined): void {
  if (!mishap?.endsWith(`-${where}`) || (prone !== true && prone !== mishap)) return;
  prone = false;
  process.kill(process.pid, mishap.startsWith('kill') ? 'SIGKILL' : 'SIGSTOP');
}

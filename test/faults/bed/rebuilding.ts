import type { RebuildStatus } from '#libs/eventsourcing';
import { tally } from './tally';
import { until } from './until';

const REBUILD_MS = 60_000;

/** Has the archive's view made again by the instance at this address, in the background. */
export function beginRebuild(url: string): Promise<RebuildStatus> {
  tally('rebuilds');
  return ask(url, 'POST');
}

/**
 * The same, and waits until it is over. One that another instance was found to be at, and that has died with it, is asked for
 * again, as an operator would.
 */
export async function rebuilt(url: string): Promise<RebuildStatus> {
  let status = await beginRebuild(url);
  const isOver = async (): Promise<boolean> => {
    status = await ask(url, 'GET');
    if (status.state === 'interrupted') status = await beginRebuild(url);
    return status.state !== 'running';
  };
  await until(isOver, 'a rebuild to end', REBUILD_MS);
  return status;
}

async function ask(url: string, method: 'GET' | 'POST'): Promise<RebuildStatus> {
  const response = await fetch(`${url}/archive/views/pages/rebuild`, { method });
  if (!response.ok) throw new Error(`${method} of a rebuild answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as RebuildStatus;
}

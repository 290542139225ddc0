import { setTimeout } from 'node:timers/promises';
import { LOG_SERVICES, SERVICES, type LogService } from '#libs/contracts';
import type { Asked } from './api';
import { bodyOf } from './problem';

/** The last position of every lane of every log. */
export type Heads = ReadonlyMap<LogService, readonly number[]>;

interface Consumer {
  name: string;
  source: string;
  lane: number;
  position: number;
}

/** Somebody who has not read everything yet. */
interface Laggard {
  service: string;
  name: string;
  source: string;
  lane: number;
  behind: number;
}

export interface Rest {
  heads: Heads;
  /** What kept the system busy when the time was up; empty when it is at rest. */
  busy: string[];
}

const LOOK_AGAIN_MS = 100;

/**
 * Waits until nothing is on its way: every view, process and relay has read every log to its end, and nobody has written
 * meanwhile. Nothing follows then from what was done before.
 */
export async function atRest(api: Asked, patienceMs: number): Promise<Rest> {
  for (const deadline = performance.now() + patienceMs; ;) {
    const heads = await readHeads(api);
    const laggards = await findLaggards(api, heads);
    const moved = laggards.length === 0 && !isSame(heads, await readHeads(api));
    if (laggards.length === 0 && !moved) return { heads, busy: [] };
    if (performance.now() > deadline) return { heads, busy: moved ? ['somebody keeps writing'] : laggards.map(inWords) };
    await setTimeout(LOOK_AGAIN_MS);
  }
}

/** The heads of all logs, as they are now. */
export async function readHeads(api: Asked): Promise<Heads> {
  const entries = LOG_SERVICES.map(async (service): Promise<[LogService, number[]]> => {
    const answer = await api.ask({ method: 'GET', path: `/${service}/events/heads` });
    const { heads } = bodyOf<{ heads: { lane: number; position: number }[] }>(answer);
    return [service, heads.sort((a, b) => a.lane - b.lane).map(({ position }) => position)];
  });
  return new Map(await Promise.all(entries));
}

export function isSame(one: Heads, other: Heads): boolean {
  return [...one].every(([service, heads]) => heads.join() === other.get(service)?.join());
}

async function findLaggards(api: Asked, heads: Heads): Promise<Laggard[]> {
  const all = SERVICES.map(async (service) => {
    const answer = await api.ask({ method: 'GET', path: `/${service}/consumers` });
    return bodyOf<{ consumers: Consumer[] }>(answer).consumers.flatMap(({ name, source, lane, position }): Laggard[] => {
      const behind = (heads.get(source as LogService)?.[lane] ?? 0) - position;
      return behind > 0 ? [{ service, name, source, lane, behind }] : [];
    });
  });
  return (await Promise.all(all)).flat();
}

function inWords({ service, name, source, lane, behind }: Laggard): string {
  return `${name} of ${service} is ${behind} events behind lane ${lane} of ${source}`;
}

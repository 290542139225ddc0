import { SERVICES } from '#libs/contracts';
import { listParked, type Waiting } from '../parked/parked-api';
import type { Asked } from '../system/api';
import { readHeads, type Heads } from '../system/at-rest';
import { bodyOf } from '../system/problem';

/** One consumer of one source. */
export interface Lag {
  service: string;
  name: string;
  source: string;
  /** Last position read and last position of the log, all lanes added up. */
  position: number;
  head: number;
  /** Events that are not read yet. */
  lag: number;
  /** How long ago the log took the oldest of them, by the clock of whoever asks; 0 when there are none. */
  seconds: number;
  /** The lanes that are behind. */
  lanes: { lane: number; lag: number }[];
  /** Events that came again and were dropped. */
  absorbed: number;
  /** Events that are parked, those included that wait behind another. */
  parked: number;
}

/** What is still to be done in a system. */
export interface Backlog {
  consumers: Lag[];
  parked: { events: number; timers: number };
}

interface Progress {
  name: string;
  source: string;
  lane: number;
  position: number;
  absorbed: number;
}

type Age = (source: string, lane: number, after: number) => Promise<number>;

/** Asks every service how far its consumers are, and the logs how old the first event is that somebody has not read. */
export async function readLag(api: Asked, now: () => number): Promise<Backlog> {
  // Heads first: who reads on meanwhile is not behind.
  const heads = await readHeads(api);
  const waiting = await listParked(api, {});
  const age = agesIn(api, now);
  const found = SERVICES.map(async (service) => {
    const answer = await api.ask({ method: 'GET', path: `/${service}/consumers` });
    const lags = byConsumer(bodyOf<{ consumers: Progress[] }>(answer).consumers).map((lanes) => lagOf(lanes, heads, age));
    return (await Promise.all(lags)).map((lag) => ({ service, ...lag, parked: parkedFor({ service, ...lag }, waiting) }));
  });
  const consumers = (await Promise.all(found)).flat();
  const timers = waiting.filter(({ kind }) => kind === 'timer').length;
  return { consumers, parked: { events: eventsIn(waiting), timers } };
}

function byConsumer(all: readonly Progress[]): Progress[][] {
  const groups = new Map<string, Progress[]>();
  for (const progress of all) {
    const name = `${progress.name} ${progress.source}`;
    groups.set(name, [...(groups.get(name) ?? []), progress]);
  }
  return [...groups.values()];
}

async function lagOf(all: readonly Progress[], heads: Heads, age: Age): Promise<Omit<Lag, 'service' | 'parked'>> {
  const { name = '', source = '' } = all[0] ?? {};
  const ends = (heads as ReadonlyMap<string, readonly number[]>).get(source);
  const headOf = ({ lane, position }: Progress): number => ends?.[lane] ?? position;
  const behind = all.filter((lane) => headOf(lane) > lane.position);
  const ages = await Promise.all(behind.map(({ lane, position }) => age(source, lane, position)));
  const sum = (figure: (lane: Progress) => number): number => all.reduce((total, lane) => total + figure(lane), 0);
  return {
    ...{ name, source, position: sum(({ position }) => position), head: sum(headOf) },
    lag: sum((lane) => Math.max(0, headOf(lane) - lane.position)),
    seconds: Math.max(0, ...ages),
    lanes: behind.map((lane) => ({ lane: lane.lane, lag: headOf(lane) - lane.position })),
    absorbed: sum(({ absorbed }) => absorbed),
  };
}

/** How many seconds ago a log took the event that comes after a position. Several consumers stand at the same place: it is asked once. */
function agesIn(api: Asked, now: () => number): Age {
  const asked = new Map<string, Promise<number>>();
  const ask = async (path: string): Promise<number> => {
    const answer = await api.ask({ method: 'GET', path });
    const [oldest] = bodyOf<{ events: { recordedtime: string }[] }>(answer).events;
    return oldest ? Math.max(0, now() - Date.parse(oldest.recordedtime)) / 1000 : 0;
  };
  return (source, lane, after) => {
    const path = `/${source}/events?lane=${lane}&after=${after}&limit=1`;
    const found = asked.get(path) ?? ask(path);
    asked.set(path, found);
    return found;
  };
}

function parkedFor({ service, name, source }: Pick<Lag, 'service' | 'name' | 'source'>, waiting: readonly Waiting[]): number {
  return eventsIn(waiting.filter((one) => one.service === service && one.consumer === name && one.source === source));
}

function eventsIn(waiting: readonly Waiting[]): number {
  return waiting.reduce((sum, { kind, behind }) => sum + (kind === 'timer' ? 0 : 1 + behind), 0);
}

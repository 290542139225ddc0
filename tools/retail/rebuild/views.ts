import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { SERVICES } from '#libs/contracts';
import type { RebuildStatus } from '#libs/eventsourcing';
import type { Asked } from '../system/api';
import { bodyOf, Refused } from '../system/problem';

/** A view, and the service that keeps it. */
export interface ViewPlace {
  service: string;
  view: string;
}

/** What came of a rebuild. */
export interface Rebuilt extends RebuildStatus {
  /** Whether the view is right now. */
  ok: boolean;
  service: string;
  eventsPerSecond: number;
}

const LOOK_MS = 250;

const pathOf = ({ service, view }: ViewPlace): string => `/${service}/views/${encodeURIComponent(view)}/rebuild`;

/** The services that keep a view of this name, or the one that is named if it does. */
export async function findViews(api: Asked, view: string, service?: string): Promise<ViewPlace[]> {
  const services = SERVICES.filter((one) => service === undefined || one === service);
  const known = await Promise.all(services.map(async (one) => isKnown(api, { service: one, view })));
  return services.filter((_, n) => known[n]).map((one) => ({ service: one, view }));
}

async function isKnown(api: Asked, place: ViewPlace): Promise<boolean> {
  const answer = await api.ask({ method: 'GET', path: pathOf(place) });
  if (answer.status === 200) return true;
  const { code } = new Refused(answer);
  if (code === 'never-rebuilt') return true;
  if (code === 'unknown-view') return false;
  throw new Refused(answer);
}

/** @throws Refused */
export async function beginRebuild(api: Asked, place: ViewPlace): Promise<RebuildStatus> {
  const headers = { 'idempotency-key': randomUUID() };
  return bodyOf<RebuildStatus>(await api.ask({ method: 'POST', path: pathOf(place), headers }));
}

/** Waits until the rebuild is over, whatever came of it. */
export async function followRebuild(
  api: Asked,
  place: ViewPlace,
  onStatus: (status: RebuildStatus) => unknown,
): Promise<Rebuilt> {
  for (;;) {
    const status = bodyOf<RebuildStatus>(await api.ask({ method: 'GET', path: pathOf(place) }));
    onStatus(status);
    if (status.state !== 'running') return rebuilt(place, status);
    await setTimeout(LOOK_MS);
  }
}

function rebuilt({ service }: ViewPlace, status: RebuildStatus): Rebuilt {
  const { events, seconds } = status;
  const eventsPerSecond = seconds > 0 ? Math.round(events / seconds) : 0;
  return { ok: status.state === 'done', service, ...status, eventsPerSecond };
}

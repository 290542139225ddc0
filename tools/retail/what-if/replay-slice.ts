import type { OrderResource } from '../../../apps/storefront/src/orders/order-resource';
import { forEachInFlight } from '../replay/in-flight';
import type { Asked as Asking } from '../system/api';
import { readHeads, type Heads } from '../system/at-rest';
import { bodyOf } from '../system/problem';
import { LogReader } from '../verify/read-logs';
import { EVENT_TYPES } from '#libs/contracts';
import { Evolution } from '#libs/eventsourcing';
import type { Change } from './change';
import { affected, figuresOf, type Affected, type Figures } from './figures';
import { rehearse, type Reproduced } from './rehearse';
import { Run } from './run';
import { Script } from './script';

/** The part of the log that is played again, by when the log took it: `from` is in it, `to` is not. */
export interface Slice {
  from: string;
  to: string;
}

export interface Comparison extends Slice {
  change: Change;
  /** Events of the slice. */
  events: number;
  /** How far the base line is what really happened. */
  reproduced: Reproduced;
  baseline: Figures;
  changed: Figures;
  affected: Affected;
}

/** Whose events say what was asked for and what there was. */
const TOLD_BY = ['inventory', 'storefront', 'lingshoutong'] as const;
const AT_ONCE = 16;
const NOT_FOUND = 404;

/** Reads the log of a running system up to the end of the slice, and plays the slice twice: as it was, and with the change. */
export async function compare(api: Asking, slice: Slice, change: Change): Promise<Comparison> {
  const script = await read(api, slice);
  await openDeliveries(api, script);
  return compareRuns(script, slice, change);
}

/** The same of a slice that has been read. */
export function compareRuns({ opening, steps, asked, events }: Script, slice: Slice, change: Change): Comparison {
  const baseline = new Run(opening.copy(), asked);
  const rehearsed = rehearse(steps, baseline);
  const changed = new Run(opening.copy(), asked, change);
  for (const step of rehearsed.steps) changed.play(step);
  return {
    ...{ ...slice, change, events, reproduced: rehearsed.reproduced },
    ...{ baseline: figuresOf(baseline), changed: figuresOf(changed), affected: affected(baseline.fates, changed.fates) },
  };
}

async function read(api: Asking, { from, to }: Slice): Promise<Script> {
  const heads = await readHeads(api);
  const told: Heads = new Map([...heads].filter(([service]) => (TOLD_BY as readonly string[]).includes(service)));
  const evolution = new Evolution(EVENT_TYPES);
  const script = new Script(from);
  for await (const event of new LogReader(api).through(told)) {
    // Lanes are merged by this time, so that all that is left is later.
    if (event.recordedAt >= to) break;
    script.take(evolution.current(event));
  }
  return script;
}

/** Where a person is, is sealed in the log: the storefront opens it for whoever may read orders. */
async function openDeliveries(api: Asking, { steps, asked }: Script): Promise<void> {
  const orders = new Set(steps.flatMap((step) => (step.kind === 'ask' ? [asked.get(step.orderId)] : [])));
  await forEachInFlight(
    [...orders].filter((order) => order?.deliverTo === undefined),
    AT_ONCE,
    async (order) => {
      if (!order) return;
      const answer = await api.ask({ method: 'GET', path: `/storefront/orders/${encodeURIComponent(order.orderId)}` });
      order.deliverTo = answer.status === NOT_FOUND ? null : bodyOf<OrderResource>(answer).deliverTo;
    },
  );
}

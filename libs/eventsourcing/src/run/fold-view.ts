import type { PoolClient } from 'pg';
import type { ViewTable } from '../store/view-table';
import type { RecordedEvent, RowChange, View } from '../vocabulary';

/** An event that a consumer cannot digest, and why; no error: it is itself in order, but its stream waits behind one that is not. */
export interface Poison {
  event: RecordedEvent;
  error: string | null;
}

/** A view with the table that it is kept in. Row types differ per view; both are made from one row class, so they fit. */
export interface BoundView {
  view: View<object>;
  table: ViewTable;
}

/** What an event does to rows, and how these are named. */
interface Step {
  event: RecordedEvent;
  changes: RowChange<object>[];
  names: string[];
  error: string | undefined;
}

/**
 * Folds events into the rows of a view: collects all changes, loads the rows that they touch once, applies them in memory in
 * order, and writes every touched row once. Gives back the events that the view's own code threw on, and those of their
 * streams that follow (`isHeld`: its stream waits already). As that code is pure, trying again would not help.
 */
export async function foldView(
  client: PoolClient,
  { view, table }: BoundView,
  events: readonly RecordedEvent[],
  isHeld: (event: RecordedEvent) => boolean,
): Promise<Poison[]> {
  const steps = events.map((event) => collect(view, table, event));
  const keys = new Map<string, object>();
  for (const { changes, names } of steps) changes.forEach(({ key }, n) => keys.set(names[n] ?? '', key));
  const before = keys.size > 0 ? await table.load(client, [...keys.values()]) : new Map<string, object>();
  const after = new Map<string, object>();
  const poison = foldAll(steps, { before, after }, isHeld);
  if (after.size > 0) await table.upsert(client, [...after.values()]);
  return poison;
}

function foldAll(steps: readonly Step[], rows: Rows, isHeld: (event: RecordedEvent) => boolean): Poison[] {
  const poison: Poison[] = [];
  const waiting = new Set<string>();
  for (const step of steps) {
    const { event } = step;
    const waits = (waiting.size > 0 && waiting.has(`${event.source} ${event.stream}`)) || isHeld(event);
    const error = waits ? null : (step.error ?? apply(step, rows));
    if (error === undefined) continue;
    waiting.add(`${event.source} ${event.stream}`);
    poison.push({ event, error });
  }
  return poison;
}

function collect(view: View<object>, table: ViewTable, event: RecordedEvent): Step {
  try {
    const changes = view.on[event.type]?.(event) ?? [];
    return { event, changes, names: changes.map(({ key }) => table.nameOf(key)), error: undefined };
  } catch (error) {
    return { event, changes: [], names: [], error: String(error) };
  }
}

/** Rows by name, as they were and, those that were touched, as they are to be. */
interface Rows {
  before: ReadonlyMap<string, object>;
  after: Map<string, object>;
}

/** All rows of one event or none, so that a poisoned event leaves nothing half done. Gives the error, if any. */
function apply({ changes, names }: Step, { before, after }: Rows): string | undefined {
  // Mostly it is one row, which needs no place to wait for others.
  const next = changes.length === 1 ? after : new Map<string, object>();
  try {
    changes.forEach(({ change }, n) => {
      const name = names[n] ?? '';
      next.set(name, change(next.get(name) ?? after.get(name) ?? before.get(name)));
    });
  } catch (error) {
    return String(error);
  }
  if (next !== after) for (const [name, row] of next) after.set(name, row);
  return undefined;
}

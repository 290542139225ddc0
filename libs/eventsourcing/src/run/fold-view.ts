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

interface Step {
  event: RecordedEvent;
  changes: RowChange<object>[];
  error?: string;
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
  const steps = events.map((event) => collect(view, event));
  const keys = new Map<string, object>();
  for (const { changes } of steps) for (const { key } of changes) keys.set(table.nameOf(key), key);
  const rows = keys.size > 0 ? await table.load(client, [...keys.values()]) : new Map<string, object>();
  const touched = new Set<string>();
  const poison = new Map<string, Poison[]>();
  for (const step of steps) {
    const { event } = step;
    const stream = `${event.source} ${event.stream}`;
    const waits = poison.get(stream);
    const error = waits || isHeld(event) ? null : (step.error ?? apply(step, { table, rows, touched }));
    if (error !== undefined) poison.set(stream, [...(waits ?? []), { event, error }]);
  }
  const written = [...rows].filter(([name]) => touched.has(name)).map(([, row]) => row);
  if (written.length > 0) await table.upsert(client, written);
  return [...poison.values()].flat();
}

function collect(view: View<object>, event: RecordedEvent): Step {
  try {
    return { event, changes: view.on[event.type]?.(event) ?? [] };
  } catch (error) {
    return { event, changes: [], error: String(error) };
  }
}

interface Fold {
  table: ViewTable;
  rows: Map<string, object>;
  touched: Set<string>;
}

/** All rows of one event or none, so that a poisoned event leaves nothing half done. Gives the error, if any. */
function apply({ changes }: Step, { table, rows, touched }: Fold): string | undefined {
  const next = new Map<string, object>();
  try {
    for (const { key, change } of changes) {
      const name = table.nameOf(key);
      next.set(name, change(next.get(name) ?? rows.get(name)));
    }
  } catch (error) {
    return String(error);
  }
  for (const [name, row] of next) {
    rows.set(name, row);
    touched.add(name);
  }
  return undefined;
}

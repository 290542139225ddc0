import { laneOf } from '../lane';
import type { Process, RecordedEvent, View } from '../vocabulary';

let counter = 0;

/** An event as a consumer gets it; what is not said is filled in plausibly. */
// Five, because a sentence of a test reads: from whom, where, what, with what, and what else matters.
// eslint-disable-next-line max-params
export function recorded<T extends string, D>(
  source: string,
  stream: string,
  type: T,
  data: D,
  overrides: Partial<RecordedEvent<T, D>> = {},
): RecordedEvent<T, D> {
  counter += 1;
  const at = '2026-01-02T03:04:05.678Z';
  const place = { source, lane: laneOf(stream, 8), position: counter, stream, version: counter };
  const what = { type, schemaVersion: 1, data, commandId: `00000000-0000-4000-8000-${String(counter).padStart(12, '0')}` };
  return { ...place, ...what, happenedAt: at, recordedAt: at, by: 'test', hash: '', ...overrides };
}

/** The rows of a view after these events, by the JSON of their key: what the view runner would have written. */
export function applied<R extends object>(view: View<R>, ...events: RecordedEvent[]): Map<string, R> {
  const rows = new Map<string, R>();
  for (const event of events) {
    for (const { key, change } of view.on[event.type]?.(event) ?? []) {
      const name = JSON.stringify(key);
      rows.set(name, change(rows.get(name)));
    }
  }
  return rows;
}

/** The commands with which a process answers an event. */
export function reactions(process: Process, event: RecordedEvent): object[] {
  return process.on[event.type]?.(event) ?? [];
}

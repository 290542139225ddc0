import { EVENT_TYPES, type EventDescription, type EventDescriptions } from '#libs/contracts';
import { Evolution } from '#libs/eventsourcing';
import type { Consumer } from './consumers';
import type { Contracts } from './contracts';
import { goldenPath } from './golden';

/** Every version of every event and who hears it, put together from the golden files as they should be. */
export function describeEvents(
  { streams }: Contracts,
  consumers: readonly Consumer[],
  read: (path: string) => unknown,
): EventDescriptions {
  const evolution = new Evolution(EVENT_TYPES);
  const events = streams.flatMap(({ service, pattern, events: types }) =>
    types.flatMap(({ name: type, meaning }) =>
      Array.from({ length: evolution.versionOf(type) }, (_, n): EventDescription => {
        const path = goldenPath(type, n + 1);
        const example = read(`${path}.json`) as EventDescription['example'];
        return {
          service,
          type,
          version: n + 1,
          stream: pattern,
          meaning,
          schema: read(`${path}.schema.json`) as object,
          example,
        };
      }),
    ),
  );
  return { events, heardBy: heardBy(consumers) };
}

function heardBy(consumers: readonly Consumer[]): Record<string, string[]> {
  const heard: Record<string, string[]> = {};
  for (const { service, events } of consumers) heard[service] = [...new Set([...(heard[service] ?? []), ...events])].sort();
  return heard;
}

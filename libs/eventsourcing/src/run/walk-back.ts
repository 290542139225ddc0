import { parsed } from '../envelope';
import type { Evolution } from '../evolution';
import type { EventStore } from '../store/event-store';
import { streamId, type RecordedEvent } from '../vocabulary';

/** Where to begin in one stream: at the last event whose version is below `before`; at its end when that is absent. */
export interface Begin {
  aggregate: { category: string };
  id: string;
  before?: number;
}

/** Looks at one event, and says whether it wants to see the one before it in its stream. */
export type Visit = (event: RecordedEvent) => boolean;

interface Place {
  stream: string;
  before: number;
}

const LAST_VERSION = 2_147_483_647;
/** Of each stream at first: most questions are about what happened lately. */
const FIRST_LOOK = 16;
const GROWTH = 8;
/** Nothing is before the first version. */
const ENOUGH = 1;
/** Events that are held in memory at once, of all streams together. */
const MOST = 10_000;

/** Reads streams from their ends, in rounds that grow: all that are not finished share one question to the log. */
export async function walkBack(
  { store, evolution }: { store: Pick<EventStore, 'newest'>; evolution: Evolution },
  from: readonly Begin[],
  visit: Visit,
): Promise<void> {
  let places = from.map(({ aggregate, id, before }): Place => ({
    stream: streamId(aggregate, id),
    before: before ?? LAST_VERSION,
  }));
  for (let limit = FIRST_LOOK; places.length > 0; limit *= GROWTH) {
    const each = Math.max(FIRST_LOOK, Math.min(limit, Math.floor(MOST / places.length)));
    const asked = places.slice(0, Math.ceil(MOST / each));
    const events = (await store.newest(asked, each)).map((event) => evolution.current(parsed(event)));
    places = [...unfinished(events, visit), ...places.slice(asked.length)];
  }
}

/** Shows a round of events around; gives where to go on in the streams of which more is wanted and there is more. */
function unfinished(events: readonly RecordedEvent[], visit: Visit): Place[] {
  const reached = new Map<string, number>();
  for (const event of events) {
    const before = reached.get(event.stream);
    if (before !== ENOUGH) reached.set(event.stream, visit(event) ? event.version : ENOUGH);
  }
  return [...reached].filter(([, before]) => before > ENOUGH).map(([stream, before]) => ({ stream, before }));
}

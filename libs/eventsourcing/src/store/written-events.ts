import type { StoredEvent } from '../envelope';
import type { Layout } from './append-call';
import type { LaneEnds, Links } from './lane-heads';

const HASH_BYTES = 32;

/** The events of a batch as the log now has them, put together from what was sent and what came back. */
export function writtenEvents(source: string, layout: Layout, ends: LaneEnds & { links: Links }): StoredEvent[] {
  const { batch, lanes, place } = layout;
  const recordedAt = ends.recorded ?? ends.links.recorded;
  // One text for all: cutting pieces out of it costs nothing until somebody looks at them.
  const hashes = (ends.hashes ?? ends.links.hashes).toString('hex');
  return batch.events.map((event, n) => {
    const at = (place.at[n] ?? 1) - 1;
    return {
      source,
      lane: lanes[at] ?? 0,
      position: (ends.bases[at] ?? 0) + (place.offset[n] ?? 0),
      stream: batch.chains[event.chain]?.stream ?? '',
      version: place.version[n] ?? 0,
      type: event.type,
      schemaVersion: event.schemaVersion,
      by: event.by,
      happenedAt: event.happenedAt,
      data: event.data,
      commandId: batch.commands[event.command]?.id ?? '',
      recordedAt,
      hash: hashes.slice(2 * HASH_BYTES * n, 2 * HASH_BYTES * (n + 1)),
    };
  });
}

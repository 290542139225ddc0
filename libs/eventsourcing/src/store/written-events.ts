import type { StoredEvent } from '../envelope';
import type { AppendAnswer, AppendCall } from './append-call';

const HASH_BYTES = 32;

/** The events of a batch as the log now has them, put together from what was sent and what came back. */
export function writtenEvents(source: string, { batch, lanes, place, links }: AppendCall, answer: AppendAnswer): StoredEvent[] {
  const recordedAt = answer.recorded ?? links.recorded;
  // One text for all: cutting pieces out of it costs nothing until somebody looks at them.
  const hashes = (answer.hashes ?? links.hashes).toString('hex');
  return batch.events.map(({ chain, command, type, schemaVersion, by, happenedAt, data }, n) => {
    const at = (place.at[n] ?? 1) - 1;
    return {
      source,
      lane: lanes[at] ?? 0,
      position: (answer.bases[at] ?? 0) + (place.offset[n] ?? 0),
      stream: batch.chains[chain]?.stream ?? '',
      version: place.version[n] ?? 0,
      type,
      schemaVersion,
      by,
      happenedAt,
      data,
      commandId: batch.commands[command]?.id ?? '',
      recordedAt,
      hash: hashes.slice(2 * HASH_BYTES * n, 2 * HASH_BYTES * (n + 1)),
    };
  });
}

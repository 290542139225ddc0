import { link, linkText, type StoredEvent } from '../envelope';
import type { Batch } from './event-store';
import type { Places } from './places';

const HASH_BYTES = 32;
const NOTHING = Buffer.alloc(0);

type Whereabouts = Pick<StoredEvent, 'lane' | 'position' | 'version' | 'recordedAt'>;

/** The end of a lane as this process last saw it. */
interface Head {
  position: number;
  hash: Buffer;
  recorded: string;
}

/** The links of a batch's events, as they will be if the lanes' heads are what this process believes. */
export interface Links {
  /** ISO 8601; not before what any of the lanes has recorded, whatever our clock says. */
  recorded: string;
  /** What is believed to be the last link of each lane; null where nothing is known yet. */
  seeds: (Buffer | null)[];
  /** 32 bytes an event. */
  hashes: Buffer;
}

/** A batch with its links. */
export interface Linked {
  /** Ascending, so that everybody locks in the same order. */
  lanes: number[];
  place: Places;
  links: Links;
}

/** Where the lanes of a batch ended when it was written. */
export interface LaneEnds {
  /** The last position of each lane before the batch. */
  bases: number[];
  /** Where others had written in between: the lanes' last links before the batch, and the time and the links that the batch got instead. */
  seeds: Buffer[] | null;
  recorded: string | null;
  hashes: Buffer | null;
}

/**
 * What this process knows of the ends of the lanes. It lets the links of a batch be computed before the lanes are locked; the append
 * function takes them only if the lanes still end there.
 */
export class LaneHeads {
  private readonly heads: (Head | undefined)[] = [];

  constructor(readonly lanes: number) {}

  /** Links the events of a batch to what is believed to be there, and to each other. */
  link(batch: Batch, lanes: readonly number[], place: Places): Links {
    const known = lanes.map((lane) => this.heads[lane]);
    const now = new Date().toISOString();
    const recorded = known.reduce((latest, head) => (head && head.recorded > latest ? head.recorded : latest), now);
    const seeds = known.map((head) => head?.hash ?? null);
    if (seeds.includes(null)) return { recorded, seeds, hashes: NOTHING };
    const last = known.map((head) => head?.hash ?? NOTHING);
    const hashes = Buffer.allocUnsafe(HASH_BYTES * batch.events.length);
    batch.events.forEach((_, n) => {
      const at = (place.at[n] ?? 1) - 1;
      const position = (known[at]?.position ?? 0) + (place.offset[n] ?? 0);
      const where = { lane: lanes[at] ?? 0, position, version: place.version[n] ?? 0 };
      const hash = link(last[at] ?? NOTHING, textOf(batch, n, { ...where, recordedAt: recorded }));
      last[at] = hash;
      hash.copy(hashes, n * HASH_BYTES);
    });
    return { recorded, seeds, hashes };
  }

  /** Remembers where the lanes end after a batch. Of two answers that come out of turn, the later end counts. */
  learn({ lanes, place, links }: Linked, { bases, seeds, recorded, hashes }: LaneEnds): void {
    const all = hashes ?? links.hashes;
    lanes.forEach((lane, at) => {
      const position = (bases[at] ?? 0) + (place.count[at] ?? 0);
      const end = (place.last[at] ?? 0) * HASH_BYTES;
      const hash = end > 0 ? Buffer.from(all.subarray(end - HASH_BYTES, end)) : (seeds ?? links.seeds)[at];
      if (hash && position >= (this.heads[lane]?.position ?? 0)) {
        this.heads[lane] = { position, hash, recorded: recorded ?? links.recorded };
      }
    });
  }
}

function textOf({ chains, commands, events }: Batch, n: number, where: Whereabouts): string {
  const event = events[n];
  if (!event) throw new Error(`The batch has no event ${n}.`);
  return linkText({
    lane: where.lane,
    position: where.position,
    stream: chains[event.chain]?.stream ?? '',
    version: where.version,
    type: event.type,
    schemaVersion: event.schemaVersion,
    commandId: commands[event.command]?.id ?? '',
    by: event.by,
    happenedAt: event.happenedAt,
    recordedAt: where.recordedAt,
    data: event.data,
  });
}

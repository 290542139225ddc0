import { link, linkText, type StoredEvent } from '../envelope';
import type { Batch } from './event-store';
import type { Places } from './places';

const HASH_BYTES = 32;
const NOTHING = Buffer.alloc(0);
const bytesOf = (link: string): Buffer => Buffer.from(link, 'latin1');

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

/** Where the lanes of a batch ended when it was written. */
export interface LaneEnds {
  /** The last position of each lane before the batch. */
  bases: number[];
  /** Where others had written in between: the lanes' last links before the batch, and the time and the links that the batch got instead. */
  seeds: Buffer[] | null;
  recorded: string | null;
  hashes: Buffer | null;
}

/** A batch whose events have their places. */
interface Placed {
  batch: Batch;
  lanes: readonly number[];
  place: Places;
}

/**
 * Where this process believes the lanes to end once what it has sent is written. That lets the links of a batch be computed before
 * the lanes are locked, and while the batch before is being written; the append function takes them only if they are true.
 */
export class LaneHeads {
  private readonly heads: (Head | undefined)[] = [];
  private latest: Links | undefined;

  knows(lanes: readonly number[]): boolean {
    return lanes.every((lane) => this.heads[lane]);
  }

  /** Links the events of a batch to what is believed to be there, and to each other; what comes next will build on them. */
  link({ batch, lanes, place }: Placed): Links {
    const known = lanes.map((lane) => this.heads[lane]);
    const now = new Date().toISOString();
    const recorded = known.reduce((latest, head) => (head && head.recorded > latest ? head.recorded : latest), now);
    this.latest = { recorded, seeds: known.map((head) => head?.hash ?? null), hashes: NOTHING };
    if (this.latest.seeds.includes(null)) return this.latest;
    const last = known.map((head) => head?.hash.toString('latin1') ?? '');
    const links = batch.events.map((_, n) => {
      const at = (place.at[n] ?? 1) - 1;
      const position = (known[at]?.position ?? 0) + (place.offset[n] ?? 0);
      const text = textOf(batch, n, { lane: lanes[at] ?? 0, position, version: place.version[n] ?? 0, recordedAt: recorded });
      return (last[at] = link(last[at] ?? '', text));
    });
    lanes.forEach((lane, at) => {
      const position = (known[at]?.position ?? 0) + (place.count[at] ?? 0);
      this.heads[lane] = { position, hash: bytesOf(last[at] ?? ''), recorded };
    });
    return Object.assign(this.latest, { hashes: bytesOf(links.join('')) });
  }

  /** What was believed need not be true: then the answer says where the lanes end, unless another batch has been sent after this one. */
  settle(placed: Placed, links: Links, { conflicts, duplicates, ...ends }: LaneEnds & Refused): void {
    if (conflicts.length + duplicates.length > 0) return this.forget(placed.lanes);
    const { bases, seeds, recorded, hashes } = ends;
    if (!seeds || !hashes || recorded === null) return;
    this.forget(placed.lanes);
    if (links !== this.latest) return;
    placed.lanes.forEach((lane, at) => {
      const position = (bases[at] ?? 0) + (placed.place.count[at] ?? 0);
      const end = (placed.place.last[at] ?? 0) * HASH_BYTES;
      const hash = end > 0 ? Buffer.from(hashes.subarray(end - HASH_BYTES, end)) : (seeds[at] ?? NOTHING);
      this.heads[lane] = { position, hash, recorded };
    });
  }

  forget(lanes: readonly number[]): void {
    for (const lane of lanes) this.heads[lane] = undefined;
  }
}

interface Refused {
  conflicts: readonly number[];
  duplicates: readonly number[];
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

import type { Batch } from './event-store';

/** Where each event of a batch will stand. */
export interface Places {
  at: number[];
  /** From 1, beyond the lane's last position. */
  offset: number[];
  version: number[];
  /** Per lane of the call: how many events it gets, and which is the last, from 1. */
  count: number[];
  last: number[];
}

/** Events count up per lane, versions per stream. */
export function placesOf({ chains, events }: Batch, chainAt: readonly number[], lanes: number): Places {
  const inStream = new Map<number, number>();
  const found: Places = {
    at: [],
    offset: [],
    version: [],
    count: Array<number>(lanes).fill(0),
    last: Array<number>(lanes).fill(0),
  };
  events.forEach(({ chain }, n) => {
    const at = chainAt[chain] ?? 0;
    const offset = (found.count[at - 1] ?? 0) + 1;
    const version = (inStream.get(chain) ?? chains[chain]?.expected ?? 0) + 1;
    inStream.set(chain, version);
    found.count[at - 1] = offset;
    found.last[at - 1] = n + 1;
    found.at.push(at);
    found.offset.push(offset);
    found.version.push(version);
  });
  return found;
}

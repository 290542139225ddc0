import type { TradeDocument } from './trade-document';

/** What became of the rows of a file. */
export interface Counts {
  /** Data rows that were dealt with. */
  rows: number;
  /** Written now. */
  accepted: number;
  /** There before. */
  absorbed: number;
  /** Broken, or refused by the system. */
  rejected: number;
}

/** Counts rows, and tells of each that was rejected by its line number. */
export class Tally {
  readonly counts: Counts = { rows: 0, accepted: 0, absorbed: 0, rejected: 0 };

  constructor(private readonly say: (sentence: string) => void) {}

  sent({ rows }: TradeDocument, isReplayed: boolean): void {
    this.counts.rows += rows.length;
    this.counts[isReplayed ? 'absorbed' : 'accepted'] += rows.length;
  }

  /** `fault` continues "line 7 …". */
  broken(line: number, fault: string): void {
    this.counts.rows++;
    this.counts.rejected++;
    this.say(`line ${line} ${fault}`);
  }

  refused({ rows, invoice, kind }: TradeDocument, reason: string): void {
    this.counts.rows += rows.length;
    this.counts.rejected += rows.length;
    const lines = rangesOf(rows.map(({ line }) => line));
    this.say(`line ${lines} (invoice ${invoice}, ${kind}) was not taken: ${reason}`);
  }
}

/** `3-5, 7` */
function rangesOf(lines: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last && line === last[1] + 1) last[1] = line;
    else ranges.push([line, line]);
  }
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(', ');
}

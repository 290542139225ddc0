import { eventHash, laneOf } from '#libs/eventsourcing';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import type { Heads } from '../system/at-rest';
import { Findings, type Check } from './findings';

interface Lane {
  position: number;
  hash: string;
}

/** Where an event stands, for people. */
export function placeOf({ source, lane, position, stream, version, type }: RecordedEvent): string {
  return `${source} lane ${lane} position ${position} (${type}, ${stream} version ${version})`;
}

/** The log itself: nothing is missing, nothing is out of order, nothing was changed after it was written. */
export class LogAuditor {
  private readonly density = new Findings('log-density');
  private readonly versions = new Findings('stream-versions');
  private readonly chain = new Findings('hash-chain');
  private readonly lanes = new Map<string, Lane>();
  private readonly streams = new Map<string, number>();

  /** @param laneCount how many lanes every log has */
  constructor(private readonly laneCount: number) {}

  /** Takes the events of a lane in the order in which its log gives them; lanes may be mixed. */
  take(event: RecordedEvent): void {
    const name = `${event.source} ${event.lane}`;
    const before = this.lanes.get(name) ?? { position: 0, hash: '' };
    this.lookAtPosition(event, before);
    this.lookAtVersion(event);
    this.chain.look(eventHash(before.hash, event) !== event.hash && `${placeOf(event)} is not what its hash was made of`);
    // The chain goes on from what is written, so that one changed event is one violation.
    this.lanes.set(name, { position: event.position, hash: event.hash });
  }

  checks(heads: Heads): Check[] {
    for (const [service, positions] of heads) {
      for (const [lane, head] of positions.entries()) {
        const last = this.lanes.get(`${service} ${lane}`)?.position ?? 0;
        if (last !== head) this.density.violation(`${service} lane ${lane} ends at position ${last}, but its head is ${head}`);
      }
    }
    return [this.density.check, this.versions.check, this.chain.check];
  }

  private lookAtPosition(event: RecordedEvent, before: Lane): void {
    const expected = before.position + 1;
    const home = laneOf(event.stream, this.laneCount);
    if (event.lane !== home) this.density.violation(`${placeOf(event)} belongs to lane ${home}`);
    this.density.look(event.position !== expected && `${placeOf(event)} stands where position ${expected} should be`);
  }

  private lookAtVersion(event: RecordedEvent): void {
    const stream = `${event.source} ${event.stream}`;
    const expected = (this.streams.get(stream) ?? 0) + 1;
    this.versions.look(event.version !== expected && `${placeOf(event)} should have version ${expected}`);
    this.streams.set(stream, event.version);
  }
}

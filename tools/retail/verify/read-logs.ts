import { fromCloudEvent, type CloudEvent } from '#libs/eventsourcing';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import type { Asked } from '../system/api';
import type { Heads } from '../system/at-rest';
import { bodyOf } from '../system/problem';

const PAGE = 500;

/**
 * The events of all logs up to the given heads, after those of an earlier reading where there was one. Lanes are merged by the
 * time of recording, so that what belongs together comes close together; within a lane the order is that of its log.
 */
export class LogReader {
  private readonly lanes = new Map<string, Lane>();

  constructor(private readonly api: Asked) {}

  async *through(heads: Heads): AsyncGenerator<RecordedEvent> {
    const lanes = [...heads].flatMap(([service, positions]) =>
      positions.map((head, lane) => this.lane(service, lane).until(head)),
    );
    let open = (await Promise.all(lanes.map((lane) => lane.load()))).filter((lane) => lane.first !== undefined);
    while (open.length > 0) {
      const next = earliest(open);
      const event = next.shift();
      if (event) yield event;
      if (next.first === undefined && (await next.load()).first === undefined) open = open.filter((lane) => lane !== next);
    }
  }

  private lane(service: string, lane: number): Lane {
    const name = `${service} ${lane}`;
    const known = this.lanes.get(name) ?? new Lane(this.api, service, lane);
    this.lanes.set(name, known);
    return known;
  }
}

function earliest(lanes: readonly Lane[]): Lane {
  return lanes.reduce((one, other) => (other.recordedAt < one.recordedAt ? other : one));
}

/** Reads one lane page by page; while one page is looked at, the next is on its way. */
class Lane {
  recordedAt = '';
  private events: RecordedEvent[] = [];
  private index = 0;
  private position = 0;
  private head = 0;
  private ahead: Promise<RecordedEvent[]> | undefined;

  constructor(
    private readonly api: Asked,
    private readonly service: string,
    private readonly lane: number,
  ) {}

  until(head: number): this {
    this.head = head;
    return this;
  }

  get first(): RecordedEvent | undefined {
    return this.events[this.index];
  }

  shift(): RecordedEvent | undefined {
    const event = this.events[this.index++];
    this.recordedAt = this.first?.recordedAt ?? '';
    return event;
  }

  /** Makes the next page the one to read from; there is no first event when the head is reached. */
  async load(): Promise<this> {
    if (this.index < this.events.length) return this;
    this.events = this.position < this.head ? await (this.ahead ?? this.page()) : [];
    this.index = 0;
    this.position = this.events.at(-1)?.position ?? this.head;
    this.recordedAt = this.first?.recordedAt ?? '';
    this.ahead = this.position < this.head ? this.page() : undefined;
    // Whoever waits for the page hears of its fault; until somebody does, it is no unhandled one.
    this.ahead?.catch(() => undefined);
    return this;
  }

  private async page(): Promise<RecordedEvent[]> {
    const path = `/${this.service}/events?lane=${this.lane}&after=${this.position}&limit=${PAGE}`;
    const { events } = bodyOf<{ events: CloudEvent[] }>(await this.api.ask({ method: 'GET', path }));
    return events.map(fromCloudEvent).filter(({ position }) => position <= this.head);
  }
}

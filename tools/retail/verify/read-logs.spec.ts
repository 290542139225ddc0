import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import type { Answer, Ask, Asked } from '../system/api';
import { LogReader } from './read-logs';
import { headsOf, logged, SMALL_TRADE } from './testing/small-trade';

/** Serves logs as the events API does. */
class Logs implements Asked {
  readonly asked: string[] = [];

  constructor(private readonly events: readonly RecordedEvent[]) {}

  ask({ path }: Ask): Promise<Answer> {
    this.asked.push(path);
    const [, service, lane, after, limit] = /^\/([\w-]+)\/events\?lane=(\d+)&after=(\d+)&limit=(\d+)$/.exec(path) ?? [];
    const found = this.events.filter(
      (event) => event.source === service && event.lane === Number(lane) && event.position > Number(after),
    );
    return Promise.resolve({ status: 200, headers: {}, body: { events: found.slice(0, Number(limit)).map(document) } });
  }
}

const document = (event: RecordedEvent): object => ({
  ...{ type: `retail.${event.source}.${event.type}.v1`, source: `/${event.source}`, subject: event.stream },
  ...{ time: event.happenedAt, lane: event.lane, position: event.position, streamversion: event.version },
  ...{ recordedtime: event.recordedAt, commandid: event.commandId, actor: event.by, hash: event.hash, data: event.data },
});

async function all(events: AsyncIterable<RecordedEvent>): Promise<RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  for await (const event of events) found.push(event);
  return found;
}

describe('the reader of all logs', () => {
  const events = logged(SMALL_TRADE);

  it('gives every event once, in the order in which they were recorded', async () => {
    expect(await all(new LogReader(new Logs(events)).through(headsOf(events)))).toEqual(events);
  });

  it('reads on where it stopped', async () => {
    const [first, rest] = [events.slice(0, 20), events.slice(20)];
    const reader = new LogReader(new Logs(events));
    expect(await all(reader.through(headsOf(first)))).toEqual(first);
    expect(await all(reader.through(headsOf(events)))).toEqual(rest);
  });

  it('reads long lanes page by page, and asks for nothing behind their heads', async () => {
    const long = Array.from({ length: 1234 }, (_, n) => ({
      ...events[0]!,
      position: n + 1,
      recordedAt: new Date(n).toISOString(),
    }));
    const logs = new Logs(long);
    expect(await all(new LogReader(logs).through(headsOf(long)))).toHaveLength(1234);
    expect(logs.asked).toHaveLength(3);
  });

  it('ends where a log ends before its head', async () => {
    const missing = events.slice(0, -1);
    expect(await all(new LogReader(new Logs(missing)).through(headsOf(events)))).toEqual(missing);
  });

  it('hands the fault of a page on', async () => {
    const broken: Asked = { ask: () => Promise.reject(new Error('gone')) };
    await expect(all(new LogReader(broken).through(headsOf(events)))).rejects.toThrow('gone');
  });
});

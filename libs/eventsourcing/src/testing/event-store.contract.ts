import { randomUUID } from 'node:crypto';
import { eventHash } from '../envelope';
import { laneOf } from '../lane';
import type { Batch, EventStore } from '../store/event-store';

/** One command that writes one event to one stream. */
export function oneEvent(stream: string, expected: number, { id = randomUUID(), type = 'Happened', data = '{}' } = {}): Batch {
  return {
    chains: [{ stream, expected, group: 0 }],
    commands: [{ id, stream, group: 0 }],
    events: [{ chain: 0, command: 0, type, schemaVersion: 1, by: 'test', happenedAt: '2026-01-02T03:04:05.678Z', data }],
  };
}

/** Several batches as one, each a group of its own. */
export function together(...batches: Batch[]): Batch {
  const all: Batch = { chains: [], commands: [], events: [] };
  batches.forEach((batch, group) => {
    const chain = all.chains.length;
    const command = all.commands.length;
    all.chains.push(...batch.chains.map((entry) => ({ ...entry, group })));
    all.commands.push(...batch.commands.map((entry) => ({ ...entry, group })));
    all.events.push(...batch.events.map((entry) => ({ ...entry, chain: entry.chain + chain, command: entry.command + command })));
  });
  return all;
}

/** What every log must do, whatever it is made of. */
export function eventStoreContract(open: () => Promise<EventStore>): void {
  let store: EventStore;
  beforeEach(async () => {
    store = await open();
  });
  const statuses = async (batch: Batch): Promise<string[]> => (await store.append(batch)).map(({ status }) => status);
  const everything = async (): Promise<Awaited<ReturnType<EventStore['read']>>[]> =>
    Promise.all(Array.from({ length: store.lanes }, (_, lane) => store.read(lane, 0, 10_000)));

  it('gives back what was written, with its place in lane and stream', async () => {
    const id = randomUUID();
    await store.append(oneEvent('cup:1', 0, { id, type: 'Filled', data: '{"with":"tea ☕ \\"x\\" \\\\"}' }));
    const [event] = await store.load([{ stream: 'cup:1', after: 0 }]);
    expect(event).toMatchObject({
      source: store.source,
      stream: 'cup:1',
      version: 1,
      position: 1,
      lane: laneOf('cup:1', store.lanes),
      type: 'Filled',
      schemaVersion: 1,
      by: 'test',
      commandId: id,
      happenedAt: '2026-01-02T03:04:05.678Z',
      data: '{"with":"tea ☕ \\"x\\" \\\\"}',
    });
    expect(event?.recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('refuses a version that is not the present one, and its neighbors are written all the same', async () => {
    await store.append(oneEvent('cup:1', 0));
    expect(await statuses(together(oneEvent('cup:1', 0), oneEvent('cup:2', 0)))).toEqual(['conflict', 'written']);
    expect(await store.load([{ stream: 'cup:2', after: 0 }])).toHaveLength(1);
    const [again] = await store.append(oneEvent('cup:2', 1));
    expect(again).toEqual({ status: 'written', base: (await store.heads())[laneOf('cup:2', store.lanes)]! - 1 });
  });

  it('takes a command id once', async () => {
    const command = oneEvent('cup:1', 0);
    await store.append(command);
    expect(await statuses({ ...command, chains: [{ stream: 'cup:1', expected: 1, group: 0 }] })).toEqual(['duplicate']);
    expect(await store.load([{ stream: 'cup:1', after: 0 }])).toHaveLength(1);
  });

  it('writes the streams of a group together or not at all', async () => {
    await store.append(oneEvent('cup:2', 0));
    const pair = together(oneEvent('cup:1', 0), oneEvent('cup:2', 0));
    const group: Batch = {
      chains: pair.chains.map((chain) => ({ ...chain, group: 7 })),
      commands: pair.commands.map((command) => ({ ...command, group: 7 })),
      events: pair.events,
    };
    expect(await statuses(group)).toEqual(['sibling', 'conflict']);
    expect(await store.load([{ stream: 'cup:1', after: 0 }])).toEqual([]);
  });

  it('validates a stream that was only read', async () => {
    await store.append(oneEvent('price:1', 0));
    const batch = oneEvent('order:1', 0);
    batch.chains.push({ stream: 'price:1', expected: 0, group: 0 });
    expect(await statuses(batch)).toEqual(['sibling', 'conflict']);
  });

  it('lets one of many racing creates win', async () => {
    const results = await Promise.all(Array.from({ length: 50 }, () => statuses(oneEvent('cup:1', 0))));
    expect(results.flat().filter((status) => status === 'written')).toHaveLength(1);
    expect(results.flat().filter((status) => status === 'conflict')).toHaveLength(49);
  });

  it('numbers every lane densely from 1, whatever was refused in between', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, n) => store.append(oneEvent(`cup:${n % 40}`, 0))));
    const lanes = await everything();
    for (const lane of lanes) expect(lane.map(({ position }) => position)).toEqual(lane.map((_, n) => n + 1));
    expect(lanes.flat()).toHaveLength(40);
    expect(await store.heads()).toEqual(lanes.map((lane) => lane.length));
  });

  it('links every event to the one before it in its lane', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, n) => store.append(oneEvent(`cup:${n}`, 0, { data: `{"n":${n},"of":"ü"}` }))),
    );
    for (const lane of await everything()) {
      let previous = '';
      for (const event of lane) {
        expect(event.hash).toBe(eventHash(previous, event));
        previous = event.hash;
      }
    }
  });

  it('remembers commands: their stream, fingerprint and positions', async () => {
    const id = randomUUID();
    const batch = oneEvent('cup:1', 0, { id });
    await store.append({ ...batch, commands: [{ id, stream: 'cup:1', fingerprint: 'abc', group: 0 }] });
    expect(await store.commands([id, randomUUID()])).toEqual(
      new Map([[id, { stream: 'cup:1', fingerprint: 'abc', positions: `${laneOf('cup:1', store.lanes)}=1` }]]),
    );
  });

  it('loads streams one after the other, and no more than asked', async () => {
    for (let n = 0; n < 3; n++) await store.append(together(oneEvent('cup:1', n), oneEvent('cup:2', n)));
    const wanted = ['cup:2', 'cup:1'].map((stream) => ({ stream, after: 1 }));
    const found = await store.load(wanted, 3);
    expect(found.map(({ stream, version }) => `${stream}@${version}`)).toEqual(['cup:2@2', 'cup:2@3', 'cup:1@2']);
  });

  it('reads streams back from a version, each newest first and no further than asked', async () => {
    for (let n = 0; n < 4; n++) await store.append(together(oneEvent('cup:1', n), oneEvent('cup:2', n)));
    const wanted = [
      { stream: 'cup:2', before: 9 },
      { stream: 'cup:3', before: 9 },
      { stream: 'cup:1', before: 3 },
    ];
    const found = (await store.newest(wanted, 3)).map(({ stream, version }) => `${stream}@${version}`);
    expect(found).toEqual(['cup:2@4', 'cup:2@3', 'cup:2@2', 'cup:1@2', 'cup:1@1']);
    expect(await store.newest([], 3)).toEqual([]);
  });

  it('keeps the newest snapshot of a stream for each version of its state', async () => {
    const snapshot = (version: number, stateVersion = 1) => ({
      stream: 'cup:1',
      stateVersion,
      version,
      state: `{"at":${version}}`,
    });
    await store.keep([snapshot(5)]);
    await store.keep([snapshot(4), snapshot(2, 2)]);
    expect(await store.snapshots([{ stream: 'cup:1', stateVersion: 1 }])).toEqual([snapshot(5)]);
    expect(await store.snapshots([{ stream: 'cup:1', stateVersion: 2 }])).toEqual([snapshot(2, 2)]);
    expect(
      await store.snapshots([
        { stream: 'cup:1', stateVersion: 3 },
        { stream: 'cup:9', stateVersion: 1 },
      ]),
    ).toEqual([]);
  });

  it('reads a lane in pages', async () => {
    for (let n = 0; n < 5; n++) await store.append(oneEvent('cup:1', n));
    const lane = laneOf('cup:1', store.lanes);
    expect((await store.read(lane, 1, 2)).map(({ position }) => position)).toEqual([2, 3]);
    expect(await store.read(lane, 5, 2)).toEqual([]);
  });
}

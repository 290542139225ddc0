import { Evolution, NewerEvent } from './evolution';
import { handles } from './nest/bindings';
import { CommandRunner } from './run/command-runner';
import { Streams } from './run/streams';
import { MemoryStore } from './store/memory-store';
import { recorded } from './testing/recorded';
import { processOf, viewOf, type Aggregate, type RecordedEvent } from './vocabulary';

/** A teahouse that began by counting cups, then said what was in them, then gave up cups for milliliters. */
interface PotEvents {
  Poured: { milliliters: number; tea: string };
  Broken: { by: string };
}
const HISTORY = {
  Poured: [
    (data: { cups: number }) => ({ ...data, tea: 'longjing' }),
    ({ cups, ...data }: { cups: number; tea: string }) => ({ ...data, milliliters: cups * 120 }),
  ],
  Broken: [],
};
const evolution = new Evolution(HISTORY);
const poured = (schemaVersion: number, data: object): RecordedEvent =>
  recorded('kitchen', 'pot:a', 'Poured', data, { schemaVersion });

describe('an event that was written long ago', () => {
  it.each([
    [1, { cups: 2 }, 'longjing'],
    [2, { cups: 2, tea: 'oolong' }, 'oolong'],
    [3, { milliliters: 240, tea: 'oolong' }, 'oolong'],
  ])('of version %i is read as if it had been written today', (version, data, tea) => {
    expect(evolution.current(poured(version, data))).toMatchObject({ schemaVersion: 3, data: { milliliters: 240, tea } });
  });

  it('stays as it was written', () => {
    const event = Object.freeze(poured(1, Object.freeze({ cups: 2 })));
    evolution.current(event);
    expect(event).toMatchObject({ schemaVersion: 1, data: { cups: 2 } });
  });

  it('keeps everything else: where it stands, when it happened, who did it', () => {
    const { data: _old, schemaVersion: _then, ...rest } = poured(1, { cups: 2 });
    expect(evolution.current({ ...rest, data: { cups: 2 }, schemaVersion: 1 })).toMatchObject(rest);
  });
});

describe('an event that was written today', () => {
  it('is handed on as it is, without a copy', () => {
    const today = poured(3, { milliliters: 240, tea: 'oolong' });
    const broken = recorded('kitchen', 'pot:a', 'Broken', { by: 'cat' });
    const unknown = recorded('garden', 'bed:1', 'Watered', {});
    for (const event of [today, broken, unknown]) expect(evolution.current(event)).toBe(event);
  });

  it('is written in the version that the steps lead to', () => {
    expect(['Poured', 'Broken', 'Watered'].map((type) => evolution.versionOf(type))).toEqual([3, 1, 1]);
  });
});

describe('an event of a newer release', () => {
  it('is refused instead of misread, and says what to do', () => {
    expect(() => evolution.current(poured(4, {}))).toThrow(NewerEvent);
    expect(() => evolution.current(poured(4, {}))).toThrow(/Poured\.v4 of kitchen is newer .* \(v3\)\. Bring this service up/);
    expect(() => new Evolution().current(poured(2, {}))).toThrow(NewerEvent);
  });
});

describe('views and processes', () => {
  const view = viewOf<PotEvents>()({
    name: 'served',
    row: class {
      tea = '';
      served = 0;
    },
    sources: ['kitchen'],
    on: { Poured: ({ data }) => [{ key: { tea: data.tea }, change: () => ({ tea: data.tea, served: data.milliliters }) }] },
  });

  it('see every event as of today', () => {
    const [change] = evolution.reader(view).on['Poured']!(poured(1, { cups: 3 }));
    expect(change?.change(undefined)).toEqual({ tea: 'longjing', served: 360 });
    const refill = processOf<PotEvents>()({ name: 'refill', sources: ['kitchen'], on: { Poured: ({ data }) => [data] } });
    expect(evolution.reader(refill).on['Poured']!(poured(2, { cups: 1, tea: 'oolong' }))).toEqual([
      { tea: 'oolong', milliliters: 120 },
    ]);
  });

  it('would misread it otherwise', () => {
    const [change] = view.on['Poured']!(poured(1, { cups: 3 }));
    expect(change?.change(undefined)).toEqual({ tea: undefined, served: undefined });
  });

  it('keep their name, their sources and their subscription', () => {
    const reader = evolution.reader(view);
    expect({ ...reader, on: Object.keys(reader.on) }).toEqual({ ...view, on: ['Poured'] });
  });

  it('fail alone on what cannot be brought up to date: that is how it comes to be parked', () => {
    const torn = new Evolution({
      Poured: [
        () => {
          throw new Error('torn');
        },
      ],
    });
    expect(() => torn.reader(view).on['Poured']!(poured(1, {}))).toThrow('torn');
  });
});

describe('a stream with events of all ages', () => {
  const pot: Aggregate<{ served: number }, PotEvents> = {
    category: 'pot',
    initial: { served: 0 },
    evolve: { Poured: ({ served }, { milliliters }) => ({ served: served + milliliters }), Broken: (state) => state },
  };
  class Pour {}
  const pour = handles(
    pot,
    Pour,
    () => [{ type: 'Poured', data: { milliliters: 5, tea: 'oolong' } }],
    () => 'a',
  );
  const store = new MemoryStore('kitchen');
  const streams = new Streams(store, evolution);
  const runner = new CommandRunner(store, streams, {
    ...{ maxCommands: 10, maxStreams: 10, paceMs: 0, patienceMs: 0, maxAttempts: 3 },
    schemaVersionOf: (type) => evolution.versionOf(type),
    resolve: () => undefined as never,
    onCommit: () => undefined,
  });

  it('is decided on as of today, and written as of today', async () => {
    const old = { chain: 0, command: 0, type: 'Poured', by: 'guest', happenedAt: '2020-01-02T03:04:05.678Z' };
    await store.append({
      chains: [{ stream: 'pot:a', expected: 0, group: 0 }],
      commands: [{ id: 'c1', stream: 'pot:a', group: 0 }],
      events: [
        { ...old, schemaVersion: 1, data: '{"cups":1}' },
        { ...old, schemaVersion: 2, data: '{"cups":1,"tea":"oolong"}' },
      ],
    });
    const outcome = await runner.run(pour, new Pour(), { commandId: 'c2', by: 'guest', now: old.happenedAt });
    expect(outcome).toMatchObject({ version: 3, state: { served: 245 } });
    const stored = await store.load([{ stream: 'pot:a', after: 0 }]);
    expect(stored.map(({ schemaVersion, data }) => [schemaVersion, data])).toEqual([
      [1, '{"cups":1}'],
      [2, '{"cups":1,"tea":"oolong"}'],
      [3, '{"milliliters":5,"tea":"oolong"}'],
    ]);
  });
});

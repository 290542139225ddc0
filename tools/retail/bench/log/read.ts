import { fold } from '#libs/eventsourcing';
import { parsed, type PostgresStore } from '#libs/eventsourcing/parts';
import type { Bench, Measured, Setting } from '../frame/bench';
import { pace } from '../frame/loops';
import type { Numbers } from '../frame/statistics';
import { fill, notebook, openNotes, surroundings, Tally } from './notes';

const PAGE = 5000;

/**
 * Reads a whole log from its beginning and folds every event into the state of its stream, in order: what it takes to know
 * everything again from nothing.
 */
export const read: Bench = {
  size: { seconds: 0, concurrency: 2, runs: 5, events: 500_000 },
  figures: [{ name: 'eventsPerSecond', unit: '/s', bound: { atLeast: 100_000 }, aim: 250_000 }],
  async measure({ concurrency, runs, events, scratch, say }: Setting): Promise<Measured> {
    const tally = new Tally();
    const runtime = await openNotes(surroundings(await scratch.postgres(), tally));
    scratch.onClose(() => runtime.stop());
    say(`Writing ${events} events …`);
    await fill(runtime, events, 'log');
    await replay(runtime.store, concurrency);
    const found: Numbers[] = [];
    for (let n = 1; n <= runs; n++) {
      const began = performance.now();
      const { perSecond } = pace(await replay(runtime.store, concurrency), began);
      found.push({ eventsPerSecond: perSecond });
      say(`Run ${n} of ${runs}: ${Math.round(perSecond)} events/s`);
    }
    const folded = await replay(runtime.store, concurrency);
    const faults = folded === events ? [] : [`${folded} events were folded of ${events}`];
    return { runs: found, faults: [...tally.faults, ...faults] };
  },
};

/** Gives what the states add up to: as many notes as there are events. @param hands how many lanes are read at once */
async function replay(store: PostgresStore, hands: number): Promise<number> {
  const lanes = Array.from({ length: store.lanes }, (_, lane) => lane);
  const notes: number[] = [];
  const hand = async (): Promise<void> => {
    for (let lane = lanes.pop(); lane !== undefined; lane = lanes.pop()) notes.push(await replayLane(store, lane));
  };
  await Promise.all(Array.from({ length: hands }, hand));
  return notes.reduce((sum, inLane) => sum + inLane, 0);
}

async function replayLane(store: PostgresStore, lane: number): Promise<number> {
  const states = new Map<string, number>();
  for (let after = 0; ;) {
    const page = await store.read(lane, after, PAGE);
    const last = page.at(-1);
    if (!last) return [...states.values()].reduce((sum, notes) => sum + notes, 0);
    for (const event of page) states.set(event.stream, fold(notebook, [parsed(event) as never], states.get(event.stream)));
    after = last.position;
  }
}

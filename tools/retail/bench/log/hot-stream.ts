import type { Bench, Measured, Setting } from '../frame/bench';
import { closedLoop } from '../frame/loops';
import type { Numbers } from '../frame/statistics';
import { openNotes, surroundings, take, Tally } from './notes';

/** Commands on one stream: each is decided on what the one before leaves, and none is lost to a conflict. */
export const hotStream: Bench = {
  size: { seconds: 5, concurrency: 500, runs: 5, events: 0 },
  figures: [{ name: 'commandsPerSecond', unit: '/s', bound: { atLeast: 5000 }, aim: 12_000 }],
  async measure({ seconds, concurrency, runs, scratch, say }: Setting): Promise<Measured> {
    const tally = new Tally();
    const runtime = await openNotes(surroundings(await scratch.postgres(), tally));
    scratch.onClose(() => runtime.stop());
    const hot = (): Promise<unknown> => take(runtime, 'the-one');
    await closedLoop(concurrency, seconds, hot);
    const found: Numbers[] = [];
    for (let n = 1; n <= runs; n++) {
      const { perSecond } = await closedLoop(concurrency, seconds, hot);
      found.push({ commandsPerSecond: perSecond });
      say(`Run ${n} of ${runs}: ${Math.round(perSecond)} commands/s on one stream`);
    }
    return { runs: found, faults: tally.faults };
  },
};

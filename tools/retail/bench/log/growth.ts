import type { ServiceRuntime } from '#libs/eventsourcing/parts';
import { bars } from '../frame/bars';
import type { Bench, Measured, Setting } from '../frame/bench';
import { closedLoop } from '../frame/loops';
import { median } from '../frame/statistics';
import { fill, noteTaker, openNotes, surroundings, Tally } from './notes';

const STEPS = 10;

interface Step {
  events: number;
  eventsPerSecond: number;
}

/**
 * Whether a log becomes slower as it grows: how fast it takes events when it has a tenth of them, and when it has all. It is
 * filled by the same commands, so that every rule of the log holds for every event in it.
 */
export const growth: Bench = {
  size: { seconds: 4, concurrency: 1500, runs: 5, events: 10_000_000 },
  figures: [
    { name: 'eventsPerSecondAt1M', unit: '/s' },
    { name: 'eventsPerSecondAt10M', unit: '/s' },
    { name: 'ratio', unit: '', bound: { atLeast: 0.8 }, aim: 0.95 },
  ],
  async measure(setting: Setting): Promise<Measured> {
    const { scratch, events } = setting;
    const tally = new Tally();
    const runtime = await openNotes(surroundings(await scratch.postgres(), tally));
    scratch.onClose(() => runtime.stop());
    await closedLoop(setting.concurrency, setting.seconds, noteTaker(runtime, 'warm-up'));
    const curve = await step(runtime, tally, { ...setting, events: events / STEPS });
    const early = await measureAt(runtime, setting, 'early');
    for (let n = 2; n <= STEPS; n++) curve.push(...(await step(runtime, tally, { ...setting, events: (n * events) / STEPS })));
    const late = await measureAt(runtime, setting, 'late');
    const runs = late.map((rate, n) => ({
      eventsPerSecondAt1M: early[n] ?? NaN,
      eventsPerSecondAt10M: rate,
      ratio: rate / median(early),
    }));
    return { runs, also: { events, curve }, faults: tally.faults, notes: drawn(curve) };
  },
};

/** Fills the log until it has so many events, and says how fast that was; nothing when it has them already. */
async function step(runtime: ServiceRuntime, tally: Tally, { events, say }: Setting): Promise<Step[]> {
  const missing = Math.round(events - tally.events);
  if (missing <= 0) return [];
  const { perSecond } = await fill(runtime, missing, `fill-${events}`);
  say(`${tally.events} events in the log, the last ${missing} at ${Math.round(perSecond)}/s`);
  return [{ events: tally.events, eventsPerSecond: Math.round(perSecond) }];
}

async function measureAt(runtime: ServiceRuntime, { concurrency, seconds, runs, say }: Setting, when: string): Promise<number[]> {
  const rates: number[] = [];
  for (let n = 1; n <= runs; n++) {
    const { perSecond } = await closedLoop(concurrency, seconds, noteTaker(runtime, `${when}-${n}`));
    say(`Run ${n} of ${runs}: ${Math.round(perSecond)} events/s`);
    rates.push(perSecond);
  }
  return rates;
}

/** How fast the log was filled as it grew. */
function drawn(curve: readonly Step[]): string[] {
  const rows = curve.map(({ events, eventsPerSecond }) => ({
    label: `to ${events.toLocaleString('en-US')} events`,
    value: eventsPerSecond,
    unit: '/s',
  }));
  return ['While it grew:', ...bars(rows)];
}

import type { ServiceRuntime } from '#libs/eventsourcing/parts';
import type { Bench, Measured, Setting } from '../frame/bench';
import { closedLoop, openLoop } from '../frame/loops';
import { percentile, type Numbers } from '../frame/statistics';
import { noteTaker, openNotes, surroundings, Tally } from './notes';
import { PlainInsert } from './plain-insert';

/** At which share of what it can do a system is run when people shall not wait. */
const USUAL_LOAD = 0.7;

/**
 * Commands of one event each, on many streams, through the library's group commit, against plain inserts of the same rows: by
 * turns in every run, so that whatever else the machine does meets both. The limit is what one connection inserts, batch after batch:
 * positions without gaps are given out one batch after the other as well. What as many connections as the log has insert beside each
 * other, which no order could be made of, is told as `parallelLimit…`. Then, in an open loop at 70 % of what the run reached,
 * how long a command takes.
 */
export const append: Bench = {
  size: { seconds: 5, concurrency: 1500, runs: 5, events: 0 },
  figures: [
    { name: 'eventsPerSecond', unit: '/s', bound: { atLeast: 25_000 }, aim: 40_000 },
    { name: 'limitEventsPerSecond', unit: '/s' },
    { name: 'ratio', unit: '', bound: { atLeast: 0.55 }, aim: 0.8 },
    { name: 'parallelLimitEventsPerSecond', unit: '/s' },
    { name: 'p99Ms', unit: 'ms' },
    { name: 'eventsPerBatch', unit: '' },
    { name: 'connections', unit: '' },
  ],
  async measure(setting: Setting): Promise<Measured> {
    const url = await setting.scratch.postgres();
    const tally = new Tally();
    const runtime = await openNotes(surroundings(url, tally));
    setting.scratch.onClose(() => runtime.stop());
    setting.say('Warming up …');
    await closedLoop(setting.concurrency, setting.seconds, noteTaker(runtime, 'warm-up'));
    // A server that has run for a while has written its log before and uses its files again; a fresh one would make each anew.
    await runtime.database.log.query('CHECKPOINT');
    const connections = runtime.database.log.totalCount;
    const plain = await PlainInsert.open(url, runtime.store);
    setting.scratch.onClose(() => plain.close());
    await plain.run(Math.round(tally.perBatch), setting.seconds);
    const runs: Numbers[] = [];
    for (let n = 1; n <= setting.runs; n++) {
      runs.push({ ...(await round(setting, n, { runtime, tally, plain, connections })), connections });
    }
    return { runs, faults: tally.faults };
  },
};

interface Contestants {
  runtime: ServiceRuntime;
  tally: Tally;
  plain: PlainInsert;
  connections: number;
}

async function round(setting: Setting, n: number, { runtime, tally, plain, connections }: Contestants): Promise<Numbers> {
  const { seconds, concurrency, say } = setting;
  const before = { ...tally };
  const ours = await closedLoop(concurrency, seconds, noteTaker(runtime, `closed-${n}`));
  const eventsPerBatch = (tally.events - before.events) / (tally.batches - before.batches);
  const limit = await plain.run(Math.round(eventsPerBatch), seconds);
  const parallel = await plain.run(Math.round(eventsPerBatch), seconds, connections);
  const latencies = await openLoop(USUAL_LOAD * ours.perSecond, seconds, noteTaker(runtime, `open-${n}`));
  const found = {
    eventsPerSecond: ours.perSecond,
    limitEventsPerSecond: limit.perSecond,
    ratio: ours.perSecond / limit.perSecond,
    parallelLimitEventsPerSecond: parallel.perSecond,
    p99Ms: percentile(latencies, 0.99),
    eventsPerBatch,
  };
  const both = `${Math.round(ours.perSecond)} events/s in batches of ${Math.round(eventsPerBatch)}, plain ${Math.round(limit.perSecond)}`;
  say(`Run ${n} of ${setting.runs}: ${both}, ratio ${found.ratio.toFixed(2)}, p99 ${found.p99Ms.toFixed(1)} ms at 70 %`);
  return found;
}

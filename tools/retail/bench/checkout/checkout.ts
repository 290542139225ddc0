import { join } from 'node:path';
import { bars } from '../frame/bars';
import type { Bench, Measured, Setting } from '../frame/bench';
import { LoadProcess } from '../frame/load-process';
import type { Numbers } from '../frame/statistics';
import { prove, startWholeSystem } from '../frame/whole-system';
import type { LoadOrder, LoadReport } from './load';
import { Profiler, type Profile } from './profile/profiler';
import { markdown } from './profile/table';
import { Trial } from './trial';
import { setUpWorld } from './world';

/** As long as so many runs: its programs are compiled while they run, and that they are for most of a minute; a shop is open for longer. */
const WARM_UP_RUNS = 4;
const HOT_SPOTS = 40;

/**
 * The whole system, as `npm start` runs it, under orders over HTTP: reserved, authorized, confirmed and visible. Every run counts
 * what all processes of the system spend from its first order until nothing is on its way any more, so that what an order
 * costs is its whole cost. Whoever places the orders is a process apart and not counted.
 */
export const checkout: Bench = {
  size: { seconds: 10, concurrency: 256, runs: 3, events: 0 },
  profiles: true,
  figures: [
    { name: 'ordersPerSecond', unit: '/s', bound: { atLeast: 400 }, aim: 1200 },
    { name: 'cpuMsPerOrder', unit: 'ms', bound: { atMost: 4 }, aim: 1 },
    { name: 'p50Ms', unit: 'ms' },
    { name: 'p99Ms', unit: 'ms' },
    { name: 'viewLagP99Ms', unit: 'ms', bound: { atMost: 1000 }, aim: 250 },
    { name: 'eventsPerOrder', unit: '' },
    { name: 'nodeMsPerOrder', unit: 'ms' },
    { name: 'postgresMsPerOrder', unit: 'ms' },
    { name: 'kafkaMsPerOrder', unit: 'ms' },
  ],
  async measure(setting: Setting): Promise<Measured> {
    const { scratch, profile, seconds } = setting;
    const profiler = profile ? new Profiler(join(scratch.folder, 'profile')) : undefined;
    const whole = await startWholeSystem(setting, await profiler?.environment());
    await setUpWorld(whole.api);
    const load = new LoadProcess<LoadOrder, LoadReport>('checkout/load');
    scratch.onClose(() => load.stop());
    const trial = new Trial(setting, { ...whole, load });
    const runs = await runAll(trial, setting);
    const profiled = profiler && (await trial.profiled({ name: 'Profile', seed: -1, seconds }, profiler));
    const { verify, violations } = await prove(whole, setting);
    const faults = [...trial.faults, ...violations];
    return { runs, faults, also: { verify, ...inJson(profiled) }, notes: inWords(profiled) };
  },
};

async function runAll(trial: Trial, { runs, seconds }: Setting): Promise<Numbers[]> {
  await trial.run({ name: 'Warm-up', seed: 0, seconds: WARM_UP_RUNS * seconds });
  const found: Numbers[] = [];
  for (let n = 1; n <= runs; n++) found.push(await trial.run({ name: `Run ${n} of ${runs}`, seed: n, seconds }));
  return found;
}

function inJson(profile: Profile | undefined): object {
  if (!profile) return {};
  return { profile: { costs: profile.costs, hotSpots: profile.hotSpots.slice(0, HOT_SPOTS), file: profile.file } };
}

/** The costs by stage, and below them the functions that take most, in percent of the program's time. */
function inWords(profile: Profile | undefined): string[] {
  if (!profile) return [];
  const spots = profile.hotSpots.slice(0, HOT_SPOTS).map(({ share, stage, name, at }) => ({
    label: `${stage}: ${name} ${at}`,
    value: share * 100,
    unit: '%',
  }));
  return [
    '',
    'Processor time of an order, ms:',
    '',
    ...markdown(profile.costs),
    '',
    ...bars(spots),
    '',
    `Profile: ${profile.file}`,
  ];
}

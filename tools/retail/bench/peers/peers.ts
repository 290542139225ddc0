import { openPool } from '#libs/eventsourcing/parts';
import type { Bench, Measured, Setting } from '../frame/bench';
import { closedLoop } from '../frame/loops';
import type { Numbers } from '../frame/statistics';
import { NOTE_TEXT, noteTaker, openNotes, streamsByTurns, surroundings, Tally } from '../log/notes';
import { openEmmett } from './emmett';
import { openMessageDb } from './message-db';
import type { Peer } from './peer';

interface Contestant {
  /** The start of the names of its figures. */
  name: 'eventsPerSecond' | 'emmettEventsPerSecond' | 'messageDbEventsPerSecond';
  /** Takes notes for so long; gives how many a second. */
  run: (round: string, seconds: number) => Promise<number>;
}

/**
 * The same append through other event stores for Node and PostgreSQL: one event of 512 bytes, streams by turns, as many under way,
 * each in a database of its own on the same server. By turns in every run.
 */
export const peers: Bench = {
  size: { seconds: 5, concurrency: 1500, runs: 5, events: 0 },
  figures: [
    { name: 'eventsPerSecond', unit: '/s' },
    { name: 'emmettEventsPerSecond', unit: '/s' },
    { name: 'messageDbEventsPerSecond', unit: '/s' },
    { name: 'ratioEmmett', unit: '', bound: { atLeast: 5 }, aim: 20 },
    { name: 'ratioMessageDb', unit: '', bound: { atLeast: 5 }, aim: 20 },
  ],
  async measure(setting: Setting): Promise<Measured> {
    const tally = new Tally();
    const contestants = await openAll(setting, tally);
    for (const { run } of contestants) await run('warm-up', setting.seconds);
    const runs: Numbers[] = [];
    for (let n = 1; n <= setting.runs; n++) {
      const rates = { eventsPerSecond: NaN, emmettEventsPerSecond: NaN, messageDbEventsPerSecond: NaN };
      for (const { name, run } of contestants) rates[name] = await run(`run-${n}`, setting.seconds);
      const { eventsPerSecond, emmettEventsPerSecond, messageDbEventsPerSecond } = rates;
      setting.say(`Run ${n} of ${setting.runs}: ${Object.values(rates).map(Math.round).join(', ')} events/s`);
      const ratioMessageDb = eventsPerSecond / messageDbEventsPerSecond;
      runs.push({ ...rates, ratioEmmett: eventsPerSecond / emmettEventsPerSecond, ratioMessageDb });
    }
    return { runs, faults: tally.faults };
  },
};

async function openAll({ scratch, concurrency }: Setting, tally: Tally): Promise<Contestant[]> {
  const url = await scratch.postgres();
  const runtime = await openNotes(surroundings(url, tally));
  scratch.onClose(() => runtime.stop());
  const contest = (name: Contestant['name'], peer: Peer): Contestant => {
    scratch.onClose(() => peer.close());
    return { name, run: async (round, seconds) => (await closedLoop(concurrency, seconds, notesOf(peer, round))).perSecond };
  };
  const ours: Contestant['run'] = async (round, seconds) =>
    (await closedLoop(concurrency, seconds, noteTaker(runtime, round))).perSecond;
  return [
    { name: 'eventsPerSecond', run: ours },
    contest('emmettEventsPerSecond', await openEmmett(await ownDatabase(url, 'emmett'))),
    contest('messageDbEventsPerSecond', await openMessageDb(await ownDatabase(url, 'message_db'))),
  ];
}

function notesOf(peer: Peer, round: string): () => Promise<unknown> {
  const next = streamsByTurns(round);
  return () => peer.append(`notebook-${next()}`, NOTE_TEXT);
}

async function ownDatabase(url: string, name: string): Promise<string> {
  const pool = openPool(url, 1);
  await pool.query(`CREATE DATABASE ${name}`);
  await pool.end();
  const own = new URL(url);
  own.pathname = name;
  return own.href;
}

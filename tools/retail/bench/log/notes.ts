import { Evolution, handles, type EventSourcingOptions, LogSignal, type Observer } from '#libs/eventsourcing';
import { ServiceRuntime } from '#libs/eventsourcing/parts';
import type { Aggregate, Decide } from '#libs/eventsourcing/vocabulary';
import { countedLoop, type Pace } from '../frame/loops';

/** The size of an event's data, as JSON text. */
export const EVENT_BYTES = 512;

interface Note {
  text: string;
}

interface NoteEvents {
  NoteTaken: Note;
}

/** A stream of notes: its state is how many there are, so that next to nothing of what is measured is the rule's. */
export const notebook: Aggregate<number, NoteEvents> = {
  category: 'notebook',
  initial: 0,
  evolve: { NoteTaken: (notes) => notes + 1 },
};

/** One command, one event. */
export class TakeNote {
  id = '';
  text = '';
}

const takeNote: Decide<TakeNote, number, NoteEvents> = ({ text }) => [{ type: 'NoteTaken', data: { text } }];

/** A text with which the data of a note is `EVENT_BYTES` of JSON. */
export const NOTE_TEXT = 'n'.repeat(EVENT_BYTES - JSON.stringify({ text: '' }).length);

/** How many commands and events the library has written, in how many batches. */
export class Tally {
  commands = 0;
  events = 0;
  batches = 0;
  readonly faults: string[] = [];

  readonly observer: Observer = {
    committed: (_service, { commands, events }) => {
      this.commands += commands;
      this.events += events;
      this.batches++;
    },
    sent: () => undefined,
    folded: () => undefined,
    tookIn: () => undefined,
    rebuilt: () => undefined,
    absorbed: () => undefined,
    hole: (service, source, lane, missing) => this.faults.push(`${service}: ${missing} events missing in ${source}/${lane}`),
    parked: (service, consumer, error) => this.faults.push(`${service} ${consumer}: ${error}`),
    refused: () => undefined,
    failed: (service, what, error) => this.faults.push(`${service} ${what}: ${String(error)}`),
  };

  /** Events in a batch, on average. */
  get perBatch(): number {
    return this.batches === 0 ? 0 : this.events / this.batches;
  }
}

/** Surroundings of a service that runs alone. */
export function surroundings(databaseUrl: string, tally: Tally, broker?: string): EventSourcingOptions {
  return {
    databaseUrl,
    bus: broker === undefined ? 'postgres' : 'kafka',
    brokers: broker === undefined ? [] : [broker],
    consumers: 'per-service',
    lanes: 8,
    namespace: 'bench',
    owner: 'bench',
    evolution: new Evolution(),
    signal: new LogSignal(),
    observer: tally.observer,
    urlOf: () => 'http://127.0.0.1:1',
    token: () => undefined,
    operator: () => {
      throw new Error('Nobody operates a benchmark.');
    },
    started: () => undefined,
  };
}

/** The service whose log is measured. */
export const SERVICE = 'notes';

/** A service with one command, at work as in production but for Nest: what it is told goes through the library's group commit. */
export function openNotes(options: EventSourcingOptions): Promise<ServiceRuntime> {
  const commands = [handles(notebook, TakeNote, takeNote, ({ id }) => id)];
  return ServiceRuntime.open(options, { service: SERVICE, commands }, noProviders);
}

function noProviders(): never {
  throw new Error('A note needs nothing from outside.');
}

const STREAMS = 10_000;
const NOTES_PER_STREAM = 10;

/** Names streams: ten thousand by turns, and when each has been named ten times, ten thousand new ones. */
export function streamsByTurns(series: string): () => string {
  let next = 0;
  return () => {
    const n = next++;
    return `${series}-${Math.floor(n / (STREAMS * NOTES_PER_STREAM))}-${n % STREAMS}`;
  };
}

/** Takes notes in streams by turns. */
export function noteTaker(runtime: ServiceRuntime, series: string): () => Promise<unknown> {
  const next = streamsByTurns(series);
  return () => take(runtime, next());
}

const FILLING_HANDS = 2000;

/** Takes so many notes as fast as it can. */
export function fill(runtime: ServiceRuntime, notes: number, series: string): Promise<Pace> {
  return countedLoop(FILLING_HANDS, notes, noteTaker(runtime, series));
}

/** Takes a note in one stream. */
export function take(runtime: ServiceRuntime, id: string): Promise<unknown> {
  const request = { commandId: crypto.randomUUID(), by: 'bench', now: new Date().toISOString() };
  return runtime.run(Object.assign(new TakeNote(), { id, text: NOTE_TEXT }), request);
}

/**
 * The words in which business rules are written. Nothing here does anything: no clock, no randomness, no I/O, so that
 * a rule can be read, tested and replayed anywhere.
 */

/** What may happen to one kind of thing: event type to the shape of its data. */
export type EventMap = object;

/** One event of a map: `{ type, data }`, the two always fitting each other. */
export type EventOf<M extends EventMap> = { [K in keyof M & string]: { type: K; data: M[K] } }[keyof M & string];

/** Any event, when the map does not matter. */
export interface AnyEvent {
  type: string;
  data: object;
}

/** What a thing is, and how each event changes it. `evolve` is exhaustive: a missing event does not compile. */
export interface Aggregate<S, M extends EventMap> {
  /** The first part of its stream ids: `stock` in `stock:85123A@hangzhou-dc`. */
  category: string;
  initial: S;
  evolve: { [K in keyof M & string]: (state: S, data: M[K]) => S };
  /** For streams that grow long; the state has to survive JSON. */
  snapshot?: SnapshotPolicy;
}

/** Keeps the state of a stream every so many events, so that loading it reads only what came after. */
export interface SnapshotPolicy {
  every: number;
  /** To be raised whenever `evolve` comes to another state from the same events: snapshots of other versions are not used. */
  stateVersion: number;
}

/** What a rule is handed from outside, because it must not look for itself. */
export interface Context<G = undefined> {
  /** When it happened in the world: UTC, ISO 8601. */
  now: string;
  /** Who asks: a user, a till, or the process that reacts to an event. */
  by: string;
  /** Facts fetched before deciding (a view, a payment provider), where the wiring names a `given`. */
  given: G;
}

/** One command on one stream: the events that follow, `[]` when there is nothing to say, or a thrown `Refusal`. */
export type Decide<C, S, M extends EventMap, G = undefined> = (command: C, state: S, context: Context<G>) => EventOf<M>[];

/** Reads the state of one stream; only streams that the wiring named for this command can be read. */
export type StateOf = <S, M extends EventMap>(aggregate: Aggregate<S, M>, id: string) => S;

/** Events for one stream of a command that spans several. */
export interface StreamEvents {
  stream: string;
  events: AnyEvent[];
}

/** One command on several streams of a service, all or nothing. What was read is still true when it is written. */
export type DecideAcross<C, G = undefined> = (command: C, stateOf: StateOf, context: Context<G>) => StreamEvents[];

/** A stream that a command reads or writes. */
export interface StreamRef {
  // The state type differs per aggregate and is recovered by `StateOf`, so it is erased here.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  aggregate: Aggregate<any, any>;
  id: string;
  /** The command is meant to begin this stream: it is not looked for before, and the log refuses the command if it is there. */
  begins?: boolean;
}

/** `stock:85123A@hangzhou-dc`: category, colon, id. */
export function streamId(aggregate: { category: string }, id: string): string {
  return `${aggregate.category}:${id}`;
}

/** Events for the stream of `id`, typed by its aggregate: `to(stock, id, { type: 'StockReserved', data })`. */
export function to<S, M extends EventMap>(aggregate: Aggregate<S, M>, id: string, ...events: EventOf<M>[]): StreamEvents {
  return { stream: streamId(aggregate, id), events: events as AnyEvent[] };
}

/** Why a caller who is waiting was told no. HTTP turns the kind into a status; the code never changes. */
export type RefusalKind = 'not-found' | 'conflict' | 'unprocessable';

/** A broken rule, with a caller to tell. An outcome that another service waits for is an event instead. */
export class Refusal extends Error {
  /** What a program may want to know beside the code, shown with the problem: what is available, and where. */
  facts?: Readonly<Record<string, unknown>>;

  /**
   * @param code stable and literal, for programs: `out-of-stock`
   * @param detail what was wrong here, for people
   * @param remedy what to do now
   * @param kind `not-found`, `conflict` with the present state, or `unprocessable` as it was asked
   */
  constructor(
    readonly code: string,
    readonly detail: string,
    readonly remedy: string,
    readonly kind: RefusalKind = 'unprocessable',
  ) {
    super(`${code}: ${detail}`);
    this.name = 'Refusal';
  }
}

/** An event as the log has it: what happened, where it stands, and when. */
export interface RecordedEvent<T extends string = string, D = unknown> {
  /** The service whose log it is. */
  source: string;
  lane: number;
  /** Dense from 1 in its lane. */
  position: number;
  stream: string;
  /** Dense from 1 in its stream. */
  version: number;
  type: T;
  schemaVersion: number;
  data: D;
  /** When it happened in the world; UTC, ISO 8601. */
  happenedAt: string;
  /** When the log took it. */
  recordedAt: string;
  /** The command that it came from. */
  commandId: string;
  by: string;
  /** Hex SHA-256 over this event and the hash before it in its lane. */
  hash: string;
}

/** One row to change: its primary key, and the pure step from the row as it is (undefined: none yet) to the row as it shall be. */
export interface RowChange<R> {
  key: Partial<R>;
  change: (row: R | undefined) => R;
}

/** A read model. The keys of `on` are its subscription; each handler says which rows change and how, and does nothing else. */
export interface View<R extends object> {
  /** Unique within the service, kebab-case; its checkpoint carries this name. */
  name: string;
  /** The TypeORM entity of its table; primary columns are the key. */
  row: new () => R;
  /** Which services' events it reads. */
  sources: readonly string[];
  // Data types differ per event; `viewOf` checks them where a view is written.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  on: Record<string, (event: RecordedEvent<string, any>) => RowChange<R>[]>;
}

/** Declares a view of events from maps `M`: handlers see typed data, and a name that is no event does not compile. */
export function viewOf<M extends EventMap>() {
  return <R extends object>(
    view: Omit<View<R>, 'on'> & { on: { [K in keyof M & string]?: (event: RecordedEvent<K, M[K]>) => RowChange<R>[] } },
  ): View<R> => view as unknown as View<R>;
}

/** A command that a process wants at a time or, without one, not any more; made by `later` and `forget`. */
export class Timed {
  constructor(
    readonly key: string,
    readonly wanted?: { at: string; command: object },
  ) {}
}

/**
 * Asks for a command, carried out once, at a time (UTC, on the database's clock). What calls it off may be on its way still, so its
 * rule looks at the state as it is; a refusal ends it. A key names one timer of the process; use it for events of one stream, in order.
 */
export function later(key: string, at: string, command: object): Timed {
  return new Timed(key, { at, command });
}

/** Calls off what was asked for with `later` under this key. */
export function forget(key: string): Timed {
  return new Timed(key);
}

/** Events in, commands out, and nothing remembered but timers: the only thing that goes back along the arrow. */
export interface Process {
  /** Unique within the service, kebab-case; its checkpoint carries this name. */
  name: string;
  sources: readonly string[];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  on: Record<string, (event: RecordedEvent<string, any>) => object[]>;
}

/** Declares a process on events from maps `M`; each handler returns command instances, `later` and `forget`. */
export function processOf<M extends EventMap>() {
  return (
    process: Omit<Process, 'on'> & { on: { [K in keyof M & string]?: (event: RecordedEvent<K, M[K]>) => object[] } },
  ): Process => process as unknown as Process;
}

/** Folds events over the initial state, ignoring types that this aggregate does not know (a sibling's, or a newer one). */
export function fold<S, M extends EventMap>(
  aggregate: Aggregate<S, M>,
  events: readonly AnyEvent[],
  from = aggregate.initial,
): S {
  const evolve = aggregate.evolve as unknown as Record<string, ((state: S, data: object) => S) | undefined>;
  return events.reduce((state, event) => evolve[event.type]?.(state, event.data) ?? state, from);
}

import {
  fold,
  Refusal,
  streamId,
  type Aggregate,
  type AnyEvent,
  type Context,
  type Decide,
  type DecideAcross,
  type EventMap,
  type EventOf,
  type StateOf,
  type StreamEvents,
} from '../vocabulary';

/** A rule's answer, waiting to be compared with what it should be. */
export interface Then<E> {
  /** Exactly these events, in this order. */
  then(...expected: E[]): void;
  /** Nothing to say: repeating the command is safe. */
  thenNothing(): void;
  /** A refusal with this code. */
  thenRefused(code: string): void;
}

const CONTEXT = { now: '2026-01-02T03:04:05.678Z', by: 'test', given: undefined };

/** `given(stock, received(5)).when(reserveStock, command).then(reserved(3))`: the rule alone, in microseconds. */
export function given<S, M extends EventMap>(
  aggregate: Aggregate<S, M>,
  ...history: EventOf<M>[]
): { when<C, G>(decide: Decide<C, S, M, G>, command: C, context?: Partial<Context<G>>): Then<EventOf<M>> } {
  const state = fold(aggregate, history as AnyEvent[]);
  return {
    when: (decide, command, context) => judge(() => decide(command, state, { ...CONTEXT, ...context } as never)),
  };
}

/** A stream and what happened to it: `[stock, 'A@dc', received(5)]`. */
// Each entry has its own aggregate; the pair is checked where it is built.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type History = [aggregate: Aggregate<any, any>, id: string, ...events: AnyEvent[]];

/** The same for a command that spans streams; streams that are not given are at their beginning. */
export function givenStreams(...histories: History[]): {
  when<C, G>(decide: DecideAcross<C, G>, command: C, context?: Partial<Context<G>>): Then<StreamEvents>;
} {
  const states = new Map<string, unknown>(
    histories.map(([aggregate, id, ...events]) => [streamId(aggregate, id), fold(aggregate, events) as unknown]),
  );
  const stateOf: StateOf = (aggregate, id) => (states.get(streamId(aggregate, id)) ?? aggregate.initial) as never;
  return {
    when: (decide, command, context) =>
      judge(() => decide(command, stateOf, { ...CONTEXT, ...context } as never).filter(({ events }) => events.length > 0)),
  };
}

function judge<E>(run: () => E[]): Then<E> {
  let events: E[] = [];
  let refusal: Refusal | undefined;
  try {
    events = run();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    refusal = error;
  }
  const outcome = (): unknown => (refusal ? { refused: refusal.code, detail: refusal.detail } : events);
  return {
    then: (...expected) => expect(outcome()).toEqual(expected),
    thenNothing: () => expect(outcome()).toEqual([]),
    thenRefused: (code) => {
      expect(outcome()).toMatchObject({ refused: code });
      // A refusal without a remedy leaves the caller alone with the problem.
      expect(refusal?.remedy).toMatch(/\w/);
    },
  };
}

import type { EntityManager } from 'typeorm';
import type { CommandBinding, Resolve } from '../run/command';
import {
  to,
  type Aggregate,
  type Context,
  type Decide,
  type DecideAcross,
  type EventMap,
  type StateOf,
  type StreamRef,
} from '../vocabulary';

type CommandClass<C> = new () => C;
interface WithGiven<C, G, D> {
  given: (command: C, get: Resolve) => Promise<G>;
  decide: D;
}

/**
 * Binds a command to one stream: `handles(stock, ReserveStock, reserveStock, (c) => stockId(c.sku, c.location))`.
 * Where the rule needs facts from outside, the third argument is `{ given, decide }`.
 */
export function handles<C extends object, S, M extends EventMap, G = undefined>(
  aggregate: Aggregate<S, M>,
  command: CommandClass<C>,
  rule: Decide<C, S, M, G> | WithGiven<C, G, Decide<C, S, M, G>>,
  id: (command: C) => string,
): CommandBinding {
  const { given, decide } = parts<C, G, Decide<C, S, M, G>>(rule);
  const binding: CommandBinding<C, G> = {
    command,
    ...(given && { given }),
    streams: (c) => [{ aggregate, id: id(c) }],
    decide: (c, stateOf: StateOf, context: Context<G>) => [
      to(aggregate, id(c), ...decide(c, stateOf(aggregate, id(c)), context)),
    ],
  };
  return binding as unknown as CommandBinding;
}

/** Binds a command to several streams of the service, all or nothing; the first stream named is the one answered with. */
export function spans<C extends object, G = undefined>(
  command: CommandClass<C>,
  rule: DecideAcross<C, G> | WithGiven<C, G, DecideAcross<C, G>>,
  streams: (command: C, given: G) => StreamRef[],
): CommandBinding {
  const { given, decide } = parts<C, G, DecideAcross<C, G>>(rule);
  const binding: CommandBinding<C, G> = { command, ...(given && { given }), streams, decide };
  return binding as unknown as CommandBinding;
}

/**
 * Says of a command that the first stream it names is new when all goes well: `begins(handles(payment, AuthorizePayment, …))`. That
 * saves looking for it in the log. If it is there all the same, the log says so and the command is decided again on what it finds.
 */
export function begins(binding: CommandBinding): CommandBinding {
  return {
    ...binding,
    streams: (command, given) => binding.streams(command, given).map((ref, n) => (n === 0 ? { ...ref, begins: true } : ref)),
  };
}

function parts<C, G, D>(rule: D | WithGiven<C, G, D>): { given?: WithGiven<C, G, D>['given']; decide: D } {
  return typeof rule === 'function' ? { decide: rule } : (rule as WithGiven<C, G, D>);
}

/** How a query class is answered from the service's own tables. */
export interface QueryBinding {
  query: new (...args: never[]) => object;
  answer: (query: object, db: EntityManager) => Promise<unknown>;
}

/** Binds a query to the function that answers it: `answers(FindAvailability, findAvailability)`. */
export function answers<Q extends object, R>(
  query: new (...args: never[]) => Q,
  answer: (query: Q, db: EntityManager) => Promise<R>,
): QueryBinding {
  return { query, answer: answer as QueryBinding['answer'] };
}

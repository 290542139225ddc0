import type { Context, EventMap, StateOf, StreamEvents, StreamRef } from '../vocabulary';

/** What comes with a command from outside: who, when, and how to know it again. */
export interface CommandRequest {
  /** Names the intent; the log takes the events of a command id once. */
  commandId: string;
  by: string;
  /** When it happened in the world: UTC, ISO 8601. */
  now: string;
  /** Digest of what was asked. The same command id with another digest is refused: `idempotency-key-reused`. */
  fingerprint?: string;
  /** The version that the caller saw (If-Match); another version is refused: `version-mismatch`. */
  expectedVersion?: number;
}

/** What became of a command. */
export interface Outcome<S = unknown> {
  /** Token of what was written: `inventory:0=12,3=44`. A read that brings it waits until it is visible. */
  position: string;
  /** State and version of the first stream that the command names. */
  state: S;
  version: number;
  /** Whether that stream began with this command. */
  created: boolean;
  /** Whether this command id had been done before, so that nothing was written now. */
  duplicate: boolean;
}

/** How a command class is carried out: which streams it spans and how it is decided. */
export interface CommandBinding<C extends object = object, G = unknown> {
  command: new () => C;
  /** Facts to fetch before deciding: a view, a payment provider. */
  given?: (command: C, get: Resolve) => Promise<G>;
  streams(command: C, given: G): StreamRef[];
  decide(command: C, stateOf: StateOf, context: Context<G>): StreamEvents[];
}

/** Finds a provider of the service by its class or token. */
export type Resolve = <T>(token: (abstract new (...args: never[]) => T) | string | symbol) => T;

/** A rule alone, or a rule with the facts that it needs. */
export type Rule<C, D, G> = D | { given: (command: C, get: Resolve) => Promise<G>; decide: D };

export type { EventMap };

import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import { isPositionToken } from '#libs/eventsourcing';
import { invalidInput, positionNotReached } from './problems';
import { areaOf, headerOf } from './request';

/** Whoever knows how far the readers of a service are. */
export interface PositionWaiter {
  /** Whether everything up to a position token has been seen; waits up to `timeoutMs`. */
  reached(token: string, timeoutMs: number): Promise<boolean>;
}

const TIMEOUT_SECONDS = 5;

/** The services that are up in this process, each able to wait for a position. */
@Injectable()
export class PositionWaiters {
  private readonly waiters = new Map<string, PositionWaiter>();

  register(service: string, waiter: PositionWaiter): void {
    this.waiters.set(service, waiter);
  }

  names(): string[] {
    return [...this.waiters.keys()].sort();
  }

  /**
   * Holds a request that brings `After-Position` until the service that it speaks to has seen that position, so that a caller
   * reads its own writes. An empty token, as from a write with nothing to say, asks for nothing.
   */
  readonly hold = (request: FastifyRequest, _reply: FastifyReply, done: HookHandlerDoneFunction): void => {
    const token = headerOf(request, 'after-position');
    if (token === undefined || token === '') return done();
    if (!isPositionToken(token)) return done(invalidPosition(token));
    const waiter = this.waiters.get(areaOf(request));
    if (!waiter) return done();
    waiter.reached(token, TIMEOUT_SECONDS * 1000).then(
      (reached) => done(reached ? undefined : positionNotReached(token, TIMEOUT_SECONDS)),
      (error: unknown) => done(error as Error),
    );
  };
}

function invalidPosition(token: string): Error {
  return invalidInput(
    'invalid-position',
    `After-Position is "${token.slice(0, 80)}", which is no position token.`,
    'Send the `position` of an earlier answer unchanged; several of them joined by `;`.',
  );
}

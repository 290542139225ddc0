import type { PoolClient } from 'pg';
import { eventId } from '../envelope';
import { isPassing } from '../store/faults';
import type { Parked, ParkedFilter, ParkedStream } from '../store/parked';
import type { TimerChange, Timers } from '../store/timers';
import type { Process, RecordedEvent } from '../vocabulary';
import type { CommandRequest, Outcome } from './command';
import { foldView, type BoundView } from './fold-view';
import { logAway, notFirst, notParked, unknownEvent } from './parking-refusals';
import type { Reactions } from './reactions';
import { SkipParkedEvent } from './skip-parked-event';
import type { ViewRunner } from './view-runner';

export interface ParkingParts {
  parked: Parked;
  views: readonly BoundView[];
  viewRunner: ViewRunner;
  processes: readonly Process[];
  reactions: Reactions;
  timers: Timers;
  onTimers: (changes: readonly TimerChange[]) => void;
  /** Told that timers which were parked are due. */
  onTimersAgain: () => void;
  /** Reads an event from the log of its owner; undefined when it is not there. */
  eventAt: (source: string, lane: number, position: number) => Promise<RecordedEvent | undefined>;
  /** Whether an event was given up for a consumer. */
  isSkipped: (consumer: string, event: string) => Promise<boolean>;
  /** Carries a `SkipParkedEvent` out. */
  dispatch: (command: SkipParkedEvent, request: CommandRequest) => Promise<Outcome>;
}

/** What came of a retry. */
export interface Retried {
  /** How many events were taken in. */
  taken: number;
  /** The streams that wait still, because their first event failed again. */
  failed: ParkedStream[];
  /** How many parked timers are about to fire again. */
  timers: number;
  /** Whether there is more to try: one call takes in so many and no more. */
  more: boolean;
}

/** An event, or a timer, to give up, and why. */
export interface Skip {
  consumer: string;
  /** `storefront-3-120`, or the id of the timer. */
  event: string;
  reason: string;
}

type Effect = (client: PoolClient, event: RecordedEvent) => Promise<TimerChange[]>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MOST_EVENTS = 1000;
const NEXT = 'waits for its turn: the event before it is taken in';
const AFTER_SKIP = 'waits to be tried: the event before it was skipped';

/** A view said no again. */
class Undigested extends Error {}

/** What an operator can do about events that a view or a process of this service could not take in. */
export class Parking {
  constructor(private readonly parts: ParkingParts) {}

  /**
   * Gives parked events to their consumers again: stream by stream in order, each until one fails. An event leaves and has its effect in
   * one transaction, while others that come to its stream wait, so that the stream flows again in order when none is left. Timers fire again
   * where no stream is named.
   * @throws Refusal when the log of a source cannot be read
   */
  async retry(filter: ParkedFilter): Promise<Retried> {
    const timers = await this.fireAgain(filter);
    const failed: ParkedStream[] = [];
    let taken = 0;
    for (const stream of await this.parts.parked.list(filter)) {
      let first: ParkedStream | undefined = stream;
      while (first && (await this.take(first))) {
        if (++taken === MOST_EVENTS) return { taken, failed, timers, more: true };
        first = (await this.parts.parked.list(first, 1))[0];
      }
      if (first) failed.push(...(await this.parts.parked.list(first, 1)));
    }
    return { taken, failed, timers, more: false };
  }

  /**
   * Gives up the first event of a parked stream. The log says so first; asked again, whatever is left to do is done. Those behind it stay
   * until a retry. A parked timer is given up by its id.
   * @throws Refusal `unknown-event`, `not-parked`, `not-first-of-stream`
   */
  async skip(skip: Skip, request: CommandRequest): Promise<Outcome> {
    const { consumer, event } = skip;
    if (UUID.test(event)) return this.skipTimer(skip, request);
    const place = placeOf(event);
    const first = await this.parts.parked.first(consumer, place);
    const command = skipping(skip, first);
    if (!first) return this.skippedBefore(command, request);
    if (first.position !== place.position) throw notFirst(eventId(first));
    return this.alone(first, async (client) => {
      if (!(await this.parts.parked.release(client, first, AFTER_SKIP))) throw notParked(consumer, event);
      return this.parts.dispatch(command, request);
    });
  }

  private async skipTimer(skip: Skip, request: CommandRequest): Promise<Outcome> {
    const timer = (await this.parts.timers.parked(skip.consumer)).find(({ id }) => id === skip.event);
    if (!timer) return this.skippedBefore(skipping(skip), request);
    const outcome = await this.parts.dispatch(skipping(skip, { ...timer, type: timer.command, stream: timer.key }), request);
    await this.parts.timers.finish([timer]);
    return outcome;
  }

  /** Somebody who asks again is told what was done the first time. */
  private async skippedBefore(command: SkipParkedEvent, request: CommandRequest): Promise<Outcome> {
    const { consumer, event } = command;
    if (!(await this.parts.isSkipped(consumer, event))) throw notParked(consumer, event);
    return this.parts.dispatch(command, request);
  }

  private async fireAgain({ consumer, source, stream }: ParkedFilter): Promise<number> {
    if (source !== undefined || stream !== undefined) return 0;
    const timers = await this.parts.timers.again(consumer);
    if (timers > 0) this.parts.onTimersAgain();
    return timers;
  }

  /** Gives the first event of a stream to its consumer; false when it failed again. */
  private async take(first: ParkedStream): Promise<boolean> {
    const { source, lane, position } = first;
    const event = await this.parts.eventAt(source, lane, position).catch((error: unknown) => {
      throw logAway(source, error);
    });
    const isSkipped = await this.parts.isSkipped(first.consumer, eventId(first));
    try {
      if (!event) throw new Undigested(`The log of ${source} does not hold ${eventId(first)}.`);
      const effect = isSkipped ? undefined : this.effectOf(first.consumer);
      const timers = await this.alone(first, async (client) => {
        // Somebody else may have been here first; then there is nothing left to do.
        const isOurs = await this.parts.parked.release(client, first, NEXT);
        return isOurs ? await effect?.(client, event) : undefined;
      });
      this.parts.onTimers(timers ?? []);
      return true;
    } catch (error) {
      if (isPassing(error)) throw error;
      await this.parts.parked.failedAgain(first, error instanceof Undigested ? error.message : String(error));
      return false;
    }
  }

  /** While nobody else works for this consumer on this stream. */
  private alone<T>({ consumer, ...place }: ParkedStream, work: (client: PoolClient) => Promise<T>): Promise<T> {
    const isView = this.parts.views.some(({ view }) => view.name === consumer);
    return isView ? this.parts.viewRunner.alone(work) : this.parts.parked.alone(consumer, place, work);
  }

  private effectOf(consumer: string): Effect {
    const bound = this.parts.views.find(({ view }) => view.name === consumer);
    if (bound) return (client, event) => fold(client, bound, event);
    const process = this.parts.processes.find(({ name }) => name === consumer);
    if (process) return (client, event) => this.react(client, process, event);
    throw new Undigested(`The service has no view or process of the name ${consumer} any more; skip what is parked for it.`);
  }

  private async react(client: PoolClient, process: Process, event: RecordedEvent): Promise<TimerChange[]> {
    const changes = await this.parts.reactions.to(event, process);
    await this.parts.timers.write(client, changes);
    return changes;
  }
}

function skipping(skip: Skip, what?: { type: string; stream: string; error: string }): SkipParkedEvent {
  const { type = '', stream = '', error = '' } = what ?? {};
  return Object.assign(new SkipParkedEvent(), skip, { type, stream, error });
}

async function fold(client: PoolClient, bound: BoundView, event: RecordedEvent): Promise<TimerChange[]> {
  const [poison] = await foldView(client, bound, [event], () => false);
  if (poison) throw new Undigested(poison.error ?? '');
  return [];
}

/** `storefront-3-120` says source, lane and position. */
function placeOf(event: string): { source: string; lane: number; position: number } {
  const [, source, lane, position] = /^([a-z-]+)-(\d{1,4})-(\d{1,15})$/.exec(event) ?? [];
  if (source === undefined) throw unknownEvent(event);
  return { source, lane: Number(lane), position: Number(position) };
}

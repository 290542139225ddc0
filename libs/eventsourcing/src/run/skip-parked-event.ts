import type { Aggregate, Decide } from '../vocabulary';

/** What operators did to a view or process; on the stream `consumer:<name>`, in the log of its service. */
export interface ConsumerEvents {
  /**
   * A parked event was given up: the consumer goes on as if it had not happened. Or a parked timer was: its command is not carried out.
   * Who did so is the actor of this event.
   */
  ParkedEventSkipped: {
    consumer: string;
    /** `storefront-3-120`, as in the CloudEvents; the id of a timer. */
    event: string;
    /** Of a timer: the name of its command. */
    type: string;
    /** Of a timer: its key. */
    stream: string;
    /** Why the consumer could not take it in. */
    error: string;
    /** Why it was given up. */
    reason: string;
  };
}

interface Consumer {
  /** The ids of the events and timers that were given up. */
  skipped: readonly string[];
}

export const consumer: Aggregate<Consumer, ConsumerEvents> = {
  category: 'consumer',
  initial: { skipped: [] },
  evolve: { ParkedEventSkipped: ({ skipped }, { event }) => ({ skipped: [...skipped, event] }) },
};

/** Gives a parked event up. */
export class SkipParkedEvent {
  consumer!: string;
  event!: string;
  type!: string;
  stream!: string;
  error!: string;
  reason!: string;
}

export const skipParkedEvent: Decide<SkipParkedEvent, Consumer, ConsumerEvents> = (command, { skipped }) =>
  skipped.includes(command.event) ? [] : [{ type: 'ParkedEventSkipped', data: { ...command } }];

import type { TimerChange } from '../store/timers';
import { Timed, type Process, type RecordedEvent } from '../vocabulary';
import type { CommandRequest } from './command';
import type { CommandTypes } from './command-types';
import { derivedId } from './derived-id';

/** Carries a command out; resolves when the log has it. */
export type Dispatch = (command: object, request: CommandRequest) => Promise<unknown>;

/** What processes do about an event. All ids follow from the event, so that doing it again changes nothing. */
export class Reactions {
  constructor(
    private readonly dispatch: Dispatch,
    private readonly types: CommandTypes,
  ) {}

  /** Sends the commands with which a process answers an event; gives what is to be done about its timers. */
  async to(event: RecordedEvent, process: Process): Promise<TimerChange[]> {
    const changes: TimerChange[] = [];
    for (const [n, reaction] of (process.on[event.type]?.(event) ?? []).entries()) {
      const cause = `${process.name}/${event.source}/${event.lane}/${event.position}/${n}`;
      if (reaction instanceof Timed) {
        changes.push({ ...this.timer(reaction, cause), process: process.name, position: event.position });
      } else {
        // What follows from an event happens, in business time, when the event did; `recordedAt` says when the log took it.
        await this.dispatch(reaction, { commandId: derivedId(cause), by: `process:${process.name}`, now: event.happenedAt });
      }
    }
    return changes;
  }

  private timer({ key, wanted }: Timed, cause: string): Pick<TimerChange, 'key' | 'set'> {
    if (!wanted) return { key };
    const { at, command } = wanted;
    if (Number.isNaN(Date.parse(at))) throw new Error(`A timer cannot be set to "${at}", which is no time in ISO 8601.`);
    const id = derivedId(`timer/${cause}`);
    return { key, set: { id, dueAt: at, command: this.types.nameOf(command), data: JSON.stringify(command) } };
  }
}

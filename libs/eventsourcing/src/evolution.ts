import type { RecordedEvent } from './vocabulary';

/**
 * Turns the data of one schema version into that of the next. Pure, and for ever: events of the old version stay as they were
 * written. It is handed data of its own to change or to copy, and takes whatever shape that version had.
 */
export type Upcaster = (data: never) => object;

/**
 * What became of each event type: the steps from version 1 to 2, from 2 to 3, and so on. The version of today is one more than
 * there are steps, so that none can begin without its step. A type that is not named has had one version only.
 */
export type EventHistory = Readonly<Record<string, readonly Upcaster[]>>;

/** An event was written by a newer release than this one: to read it as what is known here would be to misread it. */
export class NewerEvent extends Error {
  constructor({ source, type, schemaVersion }: RecordedEvent, known: number) {
    super(
      `${type}.v${schemaVersion} of ${source} is newer than what is known here (v${known}). Bring this service up to date, then ` +
        'give it the event again: retail parked retry.',
    );
    this.name = 'NewerEvent';
  }
}

/** Events on their way from how they were written to how they are read today. What is stored is never changed. */
export class Evolution {
  private readonly steps: ReadonlyMap<string, readonly Upcaster[]>;

  constructor(history: EventHistory = {}) {
    // Most types have none, and looking for nothing in an empty map costs next to nothing.
    this.steps = new Map(Object.entries(history).filter(([, steps]) => steps.length > 0));
  }

  /** The schema version in which an event type is written today. */
  versionOf(type: string): number {
    return 1 + (this.steps.get(type)?.length ?? 0);
  }

  /**
   * The event with its data as it would be written today; the same object when it was written so.
   * @throws NewerEvent
   */
  current<E extends RecordedEvent>(event: E): E {
    const steps = this.steps.get(event.type) ?? [];
    const version = 1 + steps.length;
    if (event.schemaVersion === version) return event;
    if (event.schemaVersion > version) throw new NewerEvent(event, version);
    const data = steps.slice(event.schemaVersion - 1).reduce((old, step) => step(old as never), event.data as object);
    return { ...event, data, schemaVersion: version };
  }

  /**
   * The same view or process, but its handlers are given every event as it would be written today. What cannot be brought up to
   * date is the handler's error then, and goes where events go that a consumer cannot digest.
   */
  reader<C extends { on: Record<string, (event: RecordedEvent) => unknown> }>(consumer: C): C {
    const on = Object.entries(consumer.on).map(([type, handle]) => [
      type,
      (event: RecordedEvent) => handle.call(consumer.on, this.current(event)),
    ]);
    return { ...consumer, on: Object.fromEntries(on) as C['on'] };
  }
}

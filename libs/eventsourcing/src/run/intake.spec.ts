import fc from 'fast-check';
import type { Incoming, LogReader } from '../feed/feed';
import { recorded } from '../testing/recorded';
import type { RecordedEvent } from '../vocabulary';
import { Intake } from './intake';
import type { Slice } from './slice';

const LENGTH = 30;
const log: RecordedEvent[] = Array.from({ length: LENGTH }, (_, n) =>
  recorded('kitchen', 'cup:1', n % 3 === 2 ? 'Broken' : 'Filled', { n: n + 1 }, { lane: 0, position: n + 1 }),
);
const message = (position: number): Incoming => {
  const event = log[position - 1]!;
  return { position, type: event.type, event: () => event };
};

/** Remembers what arrived, and answers holes from the log. */
class House implements LogReader {
  readonly slices: Slice[] = [];
  absorbed = 0;
  missing = 0;
  failNext = false;

  readonly intake = new Intake({
    lowest: (source) => (source === 'kitchen' ? this.position : undefined),
    wants: (type) => type === 'Filled',
    apply: (slice) => this.apply(slice),
    reader: this,
    onAbsorbed: (_source, events) => (this.absorbed += events),
    onHole: (_source, _lane, missing) => (this.missing += missing),
  });

  get position(): number {
    return this.slices.at(-1)?.through ?? 0;
  }

  get seen(): number[] {
    return this.slices.flatMap(({ events }) => events.map(({ position }) => position));
  }

  read(_source: string, _lane: number, after: number, limit: number): Promise<RecordedEvent[]> {
    return Promise.resolve(log.slice(after, after + limit));
  }

  heads(): Promise<number[]> {
    return Promise.resolve([LENGTH]);
  }

  deliver(positions: number[]): Promise<{ settled: Promise<void> }> {
    return this.intake.deliver({ source: 'kitchen', lane: 0, messages: positions.map(message) });
  }

  private apply(slice: Slice): Promise<void> {
    if (this.failNext) {
      this.failNext = false;
      return Promise.reject(new Error('the house is on fire'));
    }
    this.slices.push(slice);
    return Promise.resolve();
  }
}

const wantedUpTo = (end: number): number[] =>
  log.slice(0, end).flatMap(({ type, position }) => (type === 'Filled' ? [position] : []));

describe('events coming into a service', () => {
  it('passes on what is wanted, in order, and covers what is not', async () => {
    const house = new House();
    await house.deliver([1, 2, 3, 4]);
    expect(house.seen).toEqual([1, 2, 4]);
    expect(house.slices.map(({ after, through }) => [after, through])).toEqual([[0, 4]]);
  });

  it('drops repeats and counts them', async () => {
    const house = new House();
    await house.deliver([1, 2, 2, 3]);
    await house.deliver([2, 3, 4]);
    expect(house.seen).toEqual([1, 2, 4]);
    expect(house.absorbed).toBe(3);
  });

  it('fills a hole from the log of the owner before it goes on', async () => {
    const house = new House();
    await house.deliver([1]);
    await house.deliver([8, 9, 12]);
    expect(house.seen).toEqual(wantedUpTo(12));
    expect(house.missing).toBe(6 + 2);
  });

  it('fetches the tail that never came', async () => {
    const house = new House();
    await house.intake.catchUp('kitchen', 0, LENGTH);
    expect(house.seen).toEqual(wantedUpTo(LENGTH));
  });

  it('takes again what could not be applied', async () => {
    const house = new House();
    house.failNext = true;
    const { settled } = await house.deliver([1, 2]);
    await expect(settled).rejects.toThrow('on fire');
    await house.deliver([3, 4]);
    expect(house.seen).toEqual([1, 2, 4]);
  });

  it('lets the feed wait when too much is under way, wanted or not, and go on when there is room', async () => {
    let settle = (): void => undefined;
    const applied = new Promise<void>((resolve) => (settle = resolve));
    const intake = new Intake({
      lowest: () => 0,
      wants: () => false,
      apply: () => applied,
      reader: new House(),
      onAbsorbed: () => undefined,
      onHole: () => undefined,
    });
    const deliver = (from: number, count: number): Promise<unknown> => {
      const messages = Array.from({ length: count }, (_, n) => ({ ...message(1), position: from + n }));
      return intake.deliver({ source: 'kitchen', lane: 0, messages });
    };
    await deliver(1, 1999);
    const hasRoom = jest.fn();
    const delivered = deliver(2000, 1).then(hasRoom);
    await new Promise(setImmediate);
    expect(hasRoom).not.toHaveBeenCalled();
    settle();
    await delivered;
  });

  it('ignores a source that nobody here reads', async () => {
    const house = new House();
    await house.intake.deliver({ source: 'garden', lane: 0, messages: [message(1)] });
    expect(house.slices).toEqual([]);
  });

  it('brings every event once and in order, whatever the bus repeats, loses or cuts', async () => {
    const delivery = fc.array(fc.array(fc.integer({ min: 1, max: LENGTH }), { maxLength: 12 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(delivery, async (batches) => {
        const house = new House();
        for (const batch of batches) await house.deliver(batch);
        const last = house.position;
        expect(house.seen).toEqual(wantedUpTo(last));
        expect(last).toBe(Math.max(0, ...batches.flat()));
        house.slices.reduce((end, slice) => (expect(slice.after).toBe(end), slice.through), 0);
      }),
    );
  });
});

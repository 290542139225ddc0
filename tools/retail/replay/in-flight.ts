/**
 * Does something with each item, at most `limit` at a time, beginning in order. The first fault ends it: what is under way
 * is waited for, and nothing more is begun.
 */
export async function forEachInFlight<T>(
  items: AsyncIterable<T> | Iterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const faults: unknown[] = [];
  const hand = async (): Promise<void> => {
    while (faults.length === 0) {
      const next = await iterator.next();
      if (next.done) return;
      await work(next.value);
    }
  };
  const hands = Array.from({ length: limit }, () => hand().catch((fault: unknown) => void faults.push(fault)));
  await Promise.all(hands);
  if (faults.length > 0) throw faults[0];
}

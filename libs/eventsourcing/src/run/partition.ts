/** Those that hold and those that do not, each in their order. */
export function partition<T>(all: readonly T[], holds: (item: T) => boolean): [T[], T[]] {
  const yes: T[] = [];
  const no: T[] = [];
  for (const item of all) (holds(item) ? yes : no).push(item);
  return [yes, no];
}

import fc from 'fast-check';

/** Streams merged in any order that keeps the order within each of them: what a reader of several lanes may meet. */
export function interleaved<T>(streams: readonly (readonly T[])[]): fc.Arbitrary<T[]> {
  const total = streams.reduce((sum, { length }) => sum + length, 0);
  return fc.array(fc.nat(), { minLength: total, maxLength: total }).map((picks) => merge(streams, picks));
}

function merge<T>(streams: readonly (readonly T[])[], picks: readonly number[]): T[] {
  const rest = streams.map((stream) => [...stream]);
  return picks.flatMap((pick) => {
    const open = rest.filter(({ length }) => length > 0);
    return open[pick % open.length]?.splice(0, 1) ?? [];
  });
}

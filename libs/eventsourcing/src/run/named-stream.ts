import { streamId, type StreamRef } from '../vocabulary';

/** A stream with its name: put together once, because it is looked up by it at every step. */
export interface NamedStream extends StreamRef {
  stream: string;
}

export function named({ aggregate, id, begins = false }: StreamRef): NamedStream {
  return { aggregate, id, begins, stream: streamId(aggregate as { category: string }, id) };
}

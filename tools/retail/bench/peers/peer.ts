/** An event store under the same load: one note more in a stream. */
export interface Peer {
  append(stream: string, text: string): Promise<unknown>;
  close(): Promise<void>;
}

/** Events of one lane on their way out, in order. */
export interface Outgoing {
  lane: number;
  messages: { key: string; value: string }[];
}

/** Where a relay sends a service's events. Resolves when all of them are safe there; then and only then the relay moves on. */
export interface Publisher {
  publish(topic: string, batches: readonly Outgoing[]): Promise<void>;
}

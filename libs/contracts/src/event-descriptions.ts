/** An event type in one of its schema versions, as it is described to those who do not read TypeScript. */
export interface EventDescription {
  /** The service that says it. */
  service: string;
  type: string;
  version: number;
  /** How its streams are named: `order:<id>`. */
  stream: string;
  meaning: string;
  /** JSON Schema of its data. */
  schema: object;
  /** An event of this version, as it is on file: a CloudEvents document. */
  example: { type: string };
}

/** What is in `libs/contracts/events.json`, which `npm run docs` writes: the compiler, which knows it all, is not shipped. */
export interface EventDescriptions {
  events: EventDescription[];
  /** The event types that the views and processes of a service subscribe to. */
  heardBy: Record<string, string[]>;
}

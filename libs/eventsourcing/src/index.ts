export * from './vocabulary';
export { cloudEventText, eventHash, eventId, fromCloudEvent, splitType, type CloudEvent, type StoredEvent } from './envelope';
export { Evolution, NewerEvent, type EventHistory, type Upcaster } from './evolution';
export { LogSignal } from './feed/log-signal';
export { laneOf, murmur2 } from './lane';
export { answers, begins, handles, spans, type QueryBinding } from './nest/bindings';
export { dispatch } from './nest/command-context';
export { Consumers, eventSourced } from './nest/event-sourced';
export {
  EventSourcingOptions,
  type Commit,
  type Lag,
  type Observer,
  type RebuildOutcome,
  type ServiceDefinition,
  type ServiceHandle,
  type Work,
} from './nest/options';
export { Batcher } from './run/batcher';
export type { CommandBinding, CommandRequest, Outcome, Resolve } from './run/command';
export { isPositionToken, parsePositions } from './run/position-token';
export { derivedId } from './run/derived-id';
export { Streams, type StreamState } from './run/streams';
export type { Progress } from './nest/progress';
export { openPool } from './store/connection';
export { isUnavailable } from './store/faults';
export { Listener, type Hearer } from './store/listener';
export type { RebuildStatus } from './store/rebuild-log';
export { RowsByKey } from './store/rows-by-key';

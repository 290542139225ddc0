/**
 * The library without Nest, for tools that put it together by hand: a benchmark, a repair. A service uses `eventSourced` of the
 * main door, which wires all of this.
 */
export { KafkaClient } from './feed/kafka-client';
export type { Outgoing } from './feed/publisher';
export { parsed } from './envelope';
export { ServiceRuntime } from './nest/service-runtime';
export { topicOf } from './nest/topic';
export { RELAY } from './run/relay';
export { openPool } from './store/connection';
export { migrate, schemaOf } from './store/migrate';
export { PostgresStore } from './store/postgres-store';

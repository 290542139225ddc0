export { eventStoreContract, oneEvent, together } from './event-store.contract';
export { given, givenStreams, type History, type Then } from './given';
export { describeWithKafka, testBrokers } from './kafka';
export { openTestPool, testDatabaseUrl } from './postgres';
export { TestOptions } from './options';
export { applied, reactions, recorded } from './recorded';

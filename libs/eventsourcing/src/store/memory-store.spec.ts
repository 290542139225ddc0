import { eventStoreContract } from '../testing/event-store.contract';
import { MemoryStore } from './memory-store';

describe('the log in memory', () => {
  eventStoreContract(() => Promise.resolve(new MemoryStore('kitchen')));
});

import { LRUCache } from 'lru-cache';
import { Batcher } from '#libs/eventsourcing';
import type { SubjectKey } from './seal';
import type { KeyTable } from './store/key-table';

/** Longest time for which an instance that hears nothing of erasures can still open what was erased. */
const MAX_AGE_MS = 60_000;
const CAPACITY = 50_000;
const REMEMBERED = { max: CAPACITY, ttl: MAX_AGE_MS };
const MAX_BATCH = 500;
/** Every batch is a commit when it makes keys; a new customer does not notice this, and a rush of them costs far less. */
const MAKING_PACE_MS = 10;
const LOADING_PACE_MS = 1;

/** That nothing is there is remembered as well. */
const DESTROYED = 'destroyed';

interface Ask<K> {
  name: string;
  resolve: (key: K) => void;
  reject: (error: unknown) => void;
}

/** The keys at hand. Who asks for the same kind at the same moment shares one question to the table. */
export class KeyRing {
  private readonly keys = new LRUCache<string, SubjectKey | typeof DESTROYED>(REMEMBERED);
  private readonly present = new LRUCache<string, string>(REMEMBERED);
  private readonly making = batched<SubjectKey>((asks) => this.make(asks), MAKING_PACE_MS);
  private readonly loading = batched<SubjectKey | null>((asks) => this.load(asks), LOADING_PACE_MS);
  /** Counts what was forgotten: an answer that was under way meanwhile may be out of date. */
  private epoch = 0;

  constructor(private readonly table: KeyTable) {}

  /** The present key of a person, made when they have none. */
  async of(subject: string): Promise<SubjectKey> {
    const id = this.present.get(subject);
    const known = id === undefined ? undefined : this.keys.get(id);
    return known === undefined || known === DESTROYED ? ask(this.making, subject) : known;
  }

  /** The key of an id; null when it was destroyed. */
  async byId(id: string): Promise<SubjectKey | null> {
    const known = this.keys.get(id);
    if (known === DESTROYED) return null;
    return known ?? ask(this.loading, id);
  }

  forget(id: string): void {
    this.epoch++;
    this.keys.delete(id);
  }

  forgetAll(): void {
    this.epoch++;
    this.keys.clear();
  }

  private async make(asks: readonly Ask<SubjectKey>[]): Promise<void> {
    const { epoch } = this;
    const found = await this.table.obtain([...new Set(asks.map(({ name }) => name))]);
    for (const { name, resolve, reject } of asks) {
      const key = found.get(name);
      if (!key) reject(new Error('The table of keys gave none.'));
      else resolve(key);
      if (!key || epoch !== this.epoch) continue;
      this.present.set(name, key.id);
      this.keys.set(key.id, key);
    }
  }

  private async load(asks: readonly Ask<SubjectKey | null>[]): Promise<void> {
    const { epoch } = this;
    const found = await this.table.load([...new Set(asks.map(({ name }) => name))]);
    for (const { name, resolve } of asks) {
      const key = found.get(name) ?? null;
      if (epoch === this.epoch) this.keys.set(name, key ?? DESTROYED);
      resolve(key);
    }
  }
}

function batched<K>(work: (asks: readonly Ask<K>[]) => Promise<void>, paceMs: number): Batcher<Ask<K>> {
  const all = (asks: Ask<K>[]): Promise<void> =>
    work(asks).catch((error: unknown) => asks.forEach(({ reject }) => reject(error)));
  return new Batcher(all, { size: () => MAX_BATCH, paceMs });
}

function ask<K>(batcher: Batcher<Ask<K>>, name: string): Promise<K> {
  return new Promise((resolve, reject) => batcher.push({ name, resolve, reject }));
}

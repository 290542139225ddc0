import { LRUCache } from 'lru-cache';
import { Batcher } from '#libs/eventsourcing';

export interface LookupOptions<V> {
  /** Finds what there is now under some keys; what is not there is absent. */
  load: (keys: string[]) => Promise<Map<string, V>>;
  /** What a key has when nothing is there. */
  none: V;
  /** How old an answer may be, by what it is. */
  freshMs: (value: V) => number;
  /** How many answers are kept. */
  capacity: number;
}

interface Question {
  keys: readonly string[];
  resolve: () => void;
  reject: (error: unknown) => void;
}

interface Answer<V> {
  until: number;
  value: V;
}

/** Who is answered together goes on together, and would come back together: half a hundred work while the next are looked up for. */
const MAX_QUESTIONS = 48;
const PACE_MS = 2;

/** A look into a table by key, for many callers at once: those of the same moment share one query, and it is good for a while. */
export class Lookup<V> {
  private readonly answers: LRUCache<string, Answer<V>>;
  private readonly batcher = new Batcher<Question>((questions) => this.answer(questions), {
    size: () => MAX_QUESTIONS,
    paceMs: PACE_MS,
  });

  constructor(private readonly options: LookupOptions<V>) {
    this.answers = new LRUCache({ max: options.capacity });
  }

  /** In the order of the keys; each answer is fresh enough. */
  async find(keys: readonly string[]): Promise<V[]> {
    const old = this.old(keys);
    if (old.length > 0) await new Promise<void>((resolve, reject) => this.batcher.push({ keys: old, resolve, reject }));
    return keys.map((key) => this.known(key));
  }

  /** The same as it is now, whatever is remembered. */
  async findNow(keys: readonly string[]): Promise<V[]> {
    const found = await this.load([...keys]);
    return keys.map((key) => found.get(key) ?? this.options.none);
  }

  private old(keys: readonly string[]): string[] {
    const now = performance.now();
    return keys.filter((key) => (this.answers.get(key)?.until ?? 0) <= now);
  }

  private known(key: string): V {
    return this.answers.get(key)?.value ?? this.options.none;
  }

  private async answer(questions: readonly Question[]): Promise<void> {
    try {
      // The batch before may have had the same questions.
      const keys = this.old([...new Set(questions.flatMap((question) => question.keys))]);
      if (keys.length > 0) await this.load(keys);
      questions.forEach(({ resolve }) => resolve());
    } catch (error) {
      questions.forEach(({ reject }) => reject(error));
    }
  }

  private async load(keys: string[]): Promise<Map<string, V>> {
    const { load, none, freshMs } = this.options;
    const asked = performance.now();
    const found = await load(keys);
    for (const key of keys) {
      const value = found.get(key) ?? none;
      this.answers.set(key, { until: asked + freshMs(value), value });
    }
    return found;
  }
}

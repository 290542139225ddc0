import type { Deliver, Feed, IncomingBatch } from './feed';

/** What a reader wants of a shared feed, whom to tell of failures and, once it has begun, where to put what comes. */
interface Share {
  sources: ReadonlySet<string>;
  onError: (error: unknown) => void;
  deliver?: Deliver;
}

/** Makes a feed that brings sources to readers, who are named in order. */
type Open = (readers: readonly string[], sources: readonly string[], onError: (error: unknown) => void) => Feed;

/**
 * One feed for several readers of a process: what more than one of them wants is fetched, and parsed, once. It begins when all who
 * have a share in it have begun, and stops with the last of them.
 */
export class SharedFeed {
  private readonly shares = new Map<string, Share>();
  private feed: Feed | undefined;

  constructor(private readonly open: Open) {}

  /** A reader's part of it, to be started and stopped like a feed of its own. */
  share(reader: string, sources: readonly string[], onError: (error: unknown) => void): Feed {
    const share: Share = { sources: new Set(sources), onError };
    this.shares.set(reader, share);
    return { start: (deliver) => this.begin(share, deliver), stop: () => this.end(reader) };
  }

  private async begin(share: Share, deliver: Deliver): Promise<void> {
    share.deliver = deliver;
    const shares = [...this.shares.values()];
    if (!shares.every((one) => one.deliver)) return;
    const sources = new Set(shares.flatMap((one) => [...one.sources]));
    this.feed = this.open([...this.shares.keys()].sort(), [...sources], (error) => this.failed(error));
    await this.feed.start((batch) => this.deliver(batch));
  }

  private async end(reader: string): Promise<void> {
    this.shares.delete(reader);
    if (this.shares.size > 0) return;
    const feed = this.feed;
    this.feed = undefined;
    await feed?.stop();
  }

  private async deliver(batch: IncomingBatch): Promise<{ settled: Promise<void> }> {
    const readers = [...this.shares.values()].filter(({ sources }) => sources.has(batch.source));
    const taken = await Promise.all(readers.map((share) => this.hand(share, batch)));
    return { settled: Promise.all(taken.map(({ settled }) => settled)).then(() => undefined) };
  }

  /** Whoever has left meanwhile keeps nobody else from going on. */
  private hand(share: Share, batch: IncomingBatch): ReturnType<Deliver> {
    const taken = share.deliver?.(batch) ?? Promise.resolve({ settled: Promise.resolve() });
    return taken.catch((error: unknown) => {
      if ([...this.shares.values()].includes(share)) throw error;
      const settled = taken.then((one) => one.settled);
      // Nobody asks for it when another reader has failed at the same batch.
      settled.catch(() => undefined);
      return { settled };
    });
  }

  private failed(error: unknown): void {
    for (const { onError } of this.shares.values()) onError(error);
  }
}

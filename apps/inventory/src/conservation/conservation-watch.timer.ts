import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Gauge } from 'prom-client';
import { Consumers } from '#libs/eventsourcing';
import { Clock, Metrics, Rounds } from '#libs/platform';
import { breachesOf, type Breach } from './conservation';
import { accountsAtOnce, EVERY_MS, MOST_AT_ONCE, skusAtOnce } from './pace';
import { FindAccounts, ReadAccounts, type SkuAccounts } from './stock-flow.view';

const PATIENCE_MS = 10_000;

/** A round in which every SKU was looked at. */
export interface Round {
  begunAt: string;
  finishedAt: string;
  skus: number;
}

/** What the watch knows now. */
export interface WatchReport {
  /** The last round that was finished; null before the first. */
  lastRound: Round | null;
  /** SKUs that were looked at in the round that is under way. */
  checked: number;
  breaches: Breach[];
}

/**
 * Goes through all SKUs, some every second, round after round, and says where movements and books differ. Every instance does so for
 * itself: it only reads. Views may be some events apart, so a difference counts only when it is there after they have caught up.
 */
@Injectable()
export class ConservationWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ConservationWatch.name);
  private readonly looks = new Rounds({
    everyMs: EVERY_MS,
    round: () => this.lookOn(),
    onFailure: (error) => this.beBlind(error),
  });
  private readonly breaches = new Map<string, Breach[]>();
  /** Nothing could be read the last time, which was said once. */
  private isBlind = false;
  private lastRound: Round | null = null;
  /** Few at first: nobody knows yet in how many places they are. */
  private skusAtOnce = 10;
  /** The first round is quick: whoever has just started wants to know, and nobody knows yet how much there is to look at. */
  private accountsAtOnce = MOST_AT_ONCE;
  private round: { begunAt: string; after: string; skus: number; accounts: number };

  constructor(
    private readonly queries: QueryBus,
    private readonly consumers: Consumers,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.round = this.newRound();
    const count = (): number => this.report().breaches.length;
    new Gauge({
      name: 'retail_stock_conservation_breaches',
      help: 'Places of SKUs where what came and went does not add up to what the books have',
      registers: [metrics.registry],
      collect() {
        this.set(count());
      },
    });
  }

  onApplicationBootstrap(): void {
    this.looks.begin();
  }

  onApplicationShutdown(): Promise<void> {
    return this.looks.stop();
  }

  report(): WatchReport {
    return { lastRound: this.lastRound, checked: this.round.skus, breaches: [...this.breaches.values()].flat() };
  }

  private async lookOn(): Promise<void> {
    const { after } = this.round;
    const asked = this.skusAtOnce;
    const found = await this.queries.execute<ReadAccounts, SkuAccounts[]>(new ReadAccounts(after, asked));
    await this.judge(found);
    this.goOn(found, asked);
    this.isBlind = false;
  }

  private beBlind(error: unknown): void {
    if (!this.isBlind) this.logger.warn(`Whether stock adds up cannot be seen; tried again every second: ${String(error)}`);
    this.isBlind = true;
  }

  private async judge(found: readonly SkuAccounts[]): Promise<void> {
    const doubtful = found.filter(({ sku, accounts }) => breachesOf(sku, accounts).length > 0).map(({ sku }) => sku);
    for (const { sku } of found) if (!doubtful.includes(sku)) this.breaches.delete(sku);
    if (doubtful.length === 0 || !(await this.consumers.caughtUp(PATIENCE_MS))) return;
    const again = await this.queries.execute<FindAccounts, SkuAccounts[]>(new FindAccounts(doubtful));
    for (const { sku, accounts } of again) this.note(sku, breachesOf(sku, accounts));
  }

  private note(sku: string, breaches: Breach[]): void {
    const isNew = !this.breaches.has(sku);
    if (breaches.length === 0) this.breaches.delete(sku);
    else this.breaches.set(sku, breaches);
    if (isNew && breaches.length > 0) {
      const remedy =
        'retail verify says whether the log or a view is wrong; POST /inventory/views/availability/rebuild mends the view';
      this.logger.error({ breaches, remedy }, `Stock of ${sku} does not add up`);
    }
  }

  private goOn(found: readonly SkuAccounts[], asked: number): void {
    const these = found.reduce((sum, sku) => sum + sku.accounts.length, 0);
    const { begunAt } = this.round;
    const skus = this.round.skus + found.length;
    const accounts = this.round.accounts + these;
    this.round = { begunAt, skus, accounts, after: found.at(-1)?.sku ?? '' };
    if (found.length < asked) {
      this.lastRound = { begunAt, finishedAt: this.clock.now().toISOString(), skus };
      this.accountsAtOnce = accountsAtOnce(accounts);
      this.round = this.newRound();
    }
    this.skusAtOnce = skusAtOnce(this.accountsAtOnce, these / Math.max(1, found.length));
  }

  private newRound(): ConservationWatch['round'] {
    return { begunAt: this.clock.now().toISOString(), after: '', skus: 0, accounts: 0 };
  }
}

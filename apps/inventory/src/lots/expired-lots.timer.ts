import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { derivedId, dispatch } from '#libs/eventsourcing';
import { Clock, Rounds } from '#libs/platform';
import { dayOfMoment } from '../stock/lots';
import { KeepLot } from './keep-lot';
import { ListExpiringLots, type LotStockRow } from './lot-stock.view';

const EVERY_MS = 60_000;
const DAY_MS = 86_400_000;
/** So many at once, so that a shop that was closed for weeks does not stand still when it opens. */
const LOTS_AT_ONCE = 100;

/**
 * Keeps what has expired from sale, a minute after its last day at the latest. Every instance does so: what one has put aside is nothing
 * new to the next. What is promised stays until it is free, and is looked at again.
 */
@Injectable()
export class ExpiredLots implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ExpiredLots.name);
  private readonly rounds = new Rounds({
    everyMs: EVERY_MS,
    round: () => this.sweep(),
    onFailure: (error) => this.logger.warn(`What has expired cannot be put aside now; tried again in a minute: ${String(error)}`),
  });

  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.begin();
  }

  onApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  /** Puts aside what expired before today; gives how many lots, each at one place, it looked at. */
  async sweep(): Promise<number> {
    const now = this.clock.now();
    const yesterday = dayOfMoment(new Date(now.getTime() - DAY_MS).toISOString());
    const list = new ListExpiringLots({ by: yesterday }, [], LOTS_AT_ONCE);
    const rows = await this.queries.execute<ListExpiringLots, LotStockRow[]>(list);
    const kept = rows.map(({ sku, lot, location, expiresOn }) => {
      const quarantineId = derivedId(`expired/${location}/${sku}/${lot}/${randomUUID()}`);
      const command = Object.assign(new KeepLot(), { quarantineId, sku, lot, location, reason: `expired on ${expiresOn}` });
      return dispatch(this.commands, command, { commandId: randomUUID(), by: 'timer:expired-lots', now: now.toISOString() });
    });
    await Promise.all(kept);
    return rows.length;
  }
}

import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { Consumers, derivedId, dispatch, type CommandRequest } from '#libs/eventsourcing';
import { Clock, Rounds } from '#libs/platform';
import { dayAt, dayOf, numberOf, type Day } from './business-day';
import type { DailyDemand } from './daily-demand';
import { RecordDailyDemand } from './record-daily-demand';
import { FindUnrecordedDays, type TradingDayRow } from './trading-day.view';

const EVERY_MS = 60_000;
const PATIENCE_MS = 5000;
/** So many at once, so that a year that was just imported does not stand in the way of today's orders. */
const DAYS_AT_ONCE = 100;

/** The days that were put on record, and where their events stand. */
export interface ClosedDays {
  recorded: RecordDailyDemand[];
  /** Whether there are more to record. */
  more: boolean;
  positions: string[];
}

/**
 * Puts a day on record once it is over, and again when more becomes known of it. Every instance does so: what one has recorded is nothing
 * new to the next.
 */
@Injectable()
export class CloseOfDay implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(CloseOfDay.name);
  private readonly rounds = new Rounds({
    everyMs: EVERY_MS,
    round: () => this.closeYesterday(),
    onFailure: (error) => this.logger.warn(`Yesterday cannot be put on record now; tried again in a minute: ${String(error)}`),
  });

  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly consumers: Consumers,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.begin();
  }

  onApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  /**
   * Records the days up to and including `through` that are not on record as they are now known, the oldest first. What the view does
   * not see in time it records the next time.
   */
  async close(through: Day, request: CommandRequest): Promise<ClosedDays> {
    await this.consumers.caughtUp(PATIENCE_MS);
    const query = new FindUnrecordedDays(through, DAYS_AT_ONCE + 1);
    const found = await this.queries.execute<FindUnrecordedDays, TradingDayRow[]>(query);
    const recorded = found.slice(0, DAYS_AT_ONCE).map(({ area, day }) => Object.assign(new RecordDailyDemand(), { area, day }));
    const outcomes = await Promise.all(
      recorded.map((command) => {
        const commandId = derivedId(`close-of-day/${request.commandId}/${command.area}/${command.day}`);
        return dispatch<DailyDemand>(this.commands, command, { ...request, commandId });
      }),
    );
    return { recorded, more: found.length > recorded.length, positions: outcomes.map(({ position }) => position) };
  }

  private async closeYesterday(): Promise<void> {
    const now = this.clock.now().toISOString();
    const yesterday = dayAt(numberOf(dayOf(now)) - 1);
    await this.close(yesterday, { commandId: randomUUID(), by: 'timer:close-of-day', now });
  }
}

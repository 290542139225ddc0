import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { Consumers, derivedId, dispatch } from '#libs/eventsourcing';
import { Refusal } from '#libs/eventsourcing/vocabulary';
import { Clock, invalidInput, pageOf, pageRequest, Write, type Page, type WriteRequest } from '#libs/platform';
import type { Quarantine } from '../quarantine/quarantine';
import { dayOfMoment } from '../stock/lots';
import { KeepLot } from './keep-lot';
import { FindLot, ListExpiringLots, type LotStockRow } from './lot-stock.view';
import { TraceLot, type LotTraceRow } from './lot-trace.view';

interface ExpiringQuery {
  days?: string;
  location?: string;
  cursor?: string;
  limit?: string;
}

/** Why a lot must not be sold. */
export class RecallLot {
  @IsString()
  @Length(1, 200)
  reason!: string;
}

/** Where a lot is, and who got units of it. */
interface Trace {
  sku: string;
  lot: string;
  /** Last day of sale; null: it does not expire. */
  expiresOn: string | null;
  /** Units on hand, and how many of them are kept from sale. */
  shelves: { location: string; units: number; kept: number }[];
  /** Orders and sales that took units of it, page by page. */
  takenBy: Page<Pick<LotTraceRow, 'kind' | 'id' | 'location' | 'quantity' | 'leftAt'>>;
}

/** What a recall has kept from sale, and what it could not: units that are promised to orders. */
interface Recalled {
  sku: string;
  lot: string;
  shelves: { location: string; quarantineId: string | null; kept: number; promised: number }[];
}

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 7;
const MAX_DAYS = 3650;
const PATIENCE_MS = 5000;

@ApiTags('inventory')
@Controller('inventory/lots')
export class LotsHttp {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly consumers: Consumers,
    private readonly clock: Clock,
  ) {}

  /**
   * Lots with units for sale whose last day comes within so many days (7 when absent), the first to expire in front; what has expired
   * already is kept from sale within a minute. 400 `invalid-days`.
   */
  @Get('near-expiry')
  @ApiOperation({ summary: 'What has to be sold soon, page by page' })
  @ApiQuery({ name: 'days', required: false })
  @ApiQuery({ name: 'location', required: false })
  @ApiQuery({ name: 'cursor', required: false })
  @ApiQuery({ name: 'limit', required: false })
  async nearExpiry(@Query() query: ExpiringQuery): Promise<Page<LotStockRow>> {
    const { after = [], limit, take } = pageRequest(query);
    const by = dayOfMoment(new Date(this.clock.now().getTime() + daysOf(query.days) * DAY_MS).toISOString());
    const wanted = { by, ...(query.location !== undefined && { location: query.location }) };
    const list = new ListExpiringLots(wanted, after.map(String), take);
    const rows = await this.queries.execute<ListExpiringLots, LotStockRow[]>(list);
    return pageOf(rows, limit, ({ expiresOn, location, sku, lot }) => [expiresOn ?? '', location, sku, lot]);
  }

  /** Shelves as the view has them; orders and sales page by page. 404 `unknown-lot`. */
  @Get(':sku/:lot')
  @ApiOperation({ summary: 'Which shelves hold a lot, and which orders and sales got units of it' })
  @ApiQuery({ name: 'cursor', required: false })
  @ApiQuery({ name: 'limit', required: false })
  async trace(
    @Param('sku') sku: string,
    @Param('lot') lot: string,
    @Query() query: { cursor?: string; limit?: string },
  ): Promise<Trace> {
    const { after = [], limit, take } = pageRequest(query);
    const rows = await this.shelvesOf(sku, lot);
    const traced = new TraceLot({ sku, lot }, after.map(String), take);
    const page = pageOf(await this.queries.execute<TraceLot, LotTraceRow[]>(traced), limit, ({ kind, id, location }) => [
      ...[kind, id, location],
    ]);
    const items = page.items.map(({ kind, id, location, quantity, leftAt }) => ({ kind, id, location, quantity, leftAt }));
    const shelves = rows.filter(({ units }) => units > 0).map(({ location, units, kept }) => ({ location, units, kept }));
    return { sku, lot, expiresOn: rows[0]?.expiresOn ?? null, shelves, takenBy: { ...page, items } };
  }

  /**
   * Opens a quarantine at each place that has units of the lot for sale. `promised` is what open reservations may take: source those
   * orders again, then recall once more. Whoever got units before is in `GET …/:sku/:lot`. 404 `unknown-lot`.
   */
  @Post(':sku/:lot/recall')
  @ApiOperation({ summary: 'Keep a lot from sale wherever it is' })
  async recall(
    @Param('sku') sku: string,
    @Param('lot') lot: string,
    @Body() { reason }: RecallLot,
    @Write() write: WriteRequest,
  ): Promise<Recalled> {
    await this.consumers.caughtUp(PATIENCE_MS);
    const rows = (await this.shelvesOf(sku, lot)).filter(({ units }) => units > 0);
    const shelves = rows.map(async ({ location, units, kept: before }) => {
      const quarantineId = derivedId(`recall/${write.commandId}/${location}`);
      const command = Object.assign(new KeepLot(), { quarantineId, sku, lot, location, reason });
      const request = { ...write, commandId: derivedId(`recall/${write.commandId}/${location}/command`) };
      const { state } = await dispatch<Quarantine>(this.commands, command, request);
      const kept = state?.lines[0]?.quantity ?? 0;
      return { location, quarantineId: state ? quarantineId : null, kept, promised: Math.max(0, units - before - kept) };
    });
    return { sku, lot, shelves: await Promise.all(shelves) };
  }

  private async shelvesOf(sku: string, lot: string): Promise<LotStockRow[]> {
    const rows = await this.queries.execute<FindLot, LotStockRow[]>(new FindLot(sku, lot));
    if (rows.length === 0) throw unknownLot(sku, lot);
    return rows;
  }
}

function daysOf(text: string | undefined): number {
  const days = text === undefined ? DEFAULT_DAYS : Number(text);
  if (Number.isInteger(days) && days >= 0 && days <= MAX_DAYS) return days;
  throw invalidInput('invalid-days', `"${text}" is no number of days.`, `Send a whole number from 0 to ${MAX_DAYS} as \`days\`.`);
}

function unknownLot(sku: string, lot: string): Refusal {
  const remedy = 'Lots are known from the deliveries that name them: POST /inventory/receipts with `lots` on a line.';
  return new Refusal('unknown-lot', `No lot ${lot} of ${sku} has come in.`, remedy, 'not-found');
}

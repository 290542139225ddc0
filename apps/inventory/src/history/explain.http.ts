import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { eventId } from '#libs/eventsourcing';
import { Clock, pageOf, pageRequest } from '#libs/platform';
import { continuationIn, keyOf, type Continuation } from './continuation.http';
import { everywhere, unitsOf, type Levels, type Units } from './levels';
import type { Moment } from './moment';
import { AsksOfALocation, AsksOfThePast, momentIn, told, type MomentQuery, type ToldMoment } from './moment-query.http';
import type { Quantities } from './quantities';
import { formulaOf, type Source, type Term } from './statement';
import { StockHistory, type Heads, type LocatedLine, type Place } from './stock-history.provider';

/** One event behind a figure. */
interface ExplainedEvent {
  /** What it is called in the log and on its topic. */
  id: string;
  type: string;
  location: string;
  happenedAt: string;
  recordedAt: string;
  by: string;
  source: Source | null;
  change: Quantities;
  /** What there was at the location with this event in the books. */
  balance: Units;
}

interface EventPage {
  sku: string;
  events: ExplainedEvent[];
  /** What to send as `cursor` for older events; null when that was all. */
  next: string | null;
}

interface Explanation extends EventPage, ToldMoment, Levels {
  /** In words and numbers. */
  formula: string;
  /** The same by type of event. */
  terms: Term[];
}

interface ExplainQuery extends MomentQuery {
  location?: string;
  cursor?: string;
  limit?: string;
}

@ApiTags('inventory')
@Controller('inventory/stock')
export class ExplainHttp {
  constructor(
    private readonly history: StockHistory,
    private readonly clock: Clock,
  ) {}

  /**
   * The formula, and behind it every event that counts: location by location, newest first, each with the document that it came from,
   * what it changed, and the balance with it in the books; the oldest of a location leads from zero. Pages after the
   * first have the events alone, as of the same moment. All zero for a SKU that no place has carried.
   */
  @Get(':sku/explain')
  @ApiOperation({
    summary: 'Why the stock of a SKU is what it is: the formula, and every event with its document and the balance',
  })
  @AsksOfThePast()
  @AsksOfALocation()
  @ApiQuery({ name: 'cursor', required: false, description: '`next` of the page before' })
  @ApiQuery({ name: 'limit', required: false, description: 'Events a page, 1 to 200; 50 when absent' })
  async explain(@Param('sku') sku: string, @Query() query: ExplainQuery): Promise<EventPage | Explanation> {
    const { after } = pageRequest(query);
    if (after) return this.further(sku, query, continuationIn(after));
    const moment = momentIn(query, this.clock.now()) ?? {};
    const heads = await this.history.heads(sku, query.location);
    const [levels, tally] = [await this.history.levels(heads, moment), await this.history.tally(heads, moment)];
    // What is recorded from now on is not explained by the pages that follow.
    const recordedBy = moment.recordedBy ?? tally.lastRecorded;
    const page = await this.page(heads, query, { moment: { ...moment, recordedBy }, places: placesOf(heads, levels) });
    const { terms } = tally;
    return { ...told(moment), ...everywhere(levels), formula: formulaOf(terms), terms, ...page };
  }

  /** The place where the page before ended, and those behind it. */
  private async further(sku: string, query: ExplainQuery, { moment, place }: Continuation): Promise<EventPage> {
    const { places } = await this.history.heads(sku, query.location);
    const behind: Heads = { sku, places: places.filter(({ location }) => location > place.location) };
    const levels = await this.history.levels(behind, moment);
    return this.page(behind, query, { moment, places: [place, ...placesOf(behind, levels)] });
  }

  private async page(
    { sku }: Heads,
    query: ExplainQuery,
    { moment, places }: { moment: Moment; places: readonly Place[] },
  ): Promise<EventPage> {
    const { limit, take } = pageRequest(query);
    const lines = await this.history.lines(sku, places, moment, take);
    const { items, next } = pageOf(lines, limit, (line) => keyOf(line, moment));
    return { sku, events: items.map(explained), next };
  }
}

function placesOf({ places }: Heads, levels: Awaited<ReturnType<StockHistory['levels']>>): Place[] {
  return places.flatMap(({ location, version }) => {
    const balance = levels.get(location);
    return balance ? [{ location, before: version + 1, balance }] : [];
  });
}

function explained({ event, location, source, change, balance }: LocatedLine): ExplainedEvent {
  const { type, happenedAt, recordedAt, by } = event;
  return { id: eventId(event), type, location, happenedAt, recordedAt, by, source, change, balance: unitsOf(balance) };
}

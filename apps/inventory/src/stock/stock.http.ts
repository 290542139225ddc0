import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Streams } from '#libs/eventsourcing';
import { versioned, type Answer } from '#libs/platform';
import { FindAvailability, type AvailabilityRow } from './availability.view';
import { available, stock, stockId } from './stock';

interface Units {
  onHand: number;
  /** On hand and promised to open reservations. */
  reserved: number;
  /** On hand less reserved; below zero where the books were wrong. */
  available: number;
}

@ApiTags('inventory')
@Controller('inventory/stock')
export class StockHttp {
  constructor(
    private readonly queries: QueryBus,
    private readonly streams: Streams,
  ) {}

  /** From the availability view; all zero for a SKU that no place has carried. */
  @Get(':sku')
  @ApiOperation({ summary: 'How much of a SKU is on hand, reserved and available, in all and by location' })
  async everywhere(@Param('sku') sku: string): Promise<{ sku: string; byLocation: (Units & { location: string })[] } & Units> {
    const rows = await this.queries.execute<FindAvailability, AvailabilityRow[]>(new FindAvailability(sku));
    const byLocation = rows.map(({ location, onHand, reserved, available: free }) => ({
      location,
      onHand,
      reserved,
      available: free,
    }));
    return { sku, ...sum(byLocation), byLocation };
  }

  /** From the stock itself, as of now; all zero where the SKU has never been. */
  @Get(':sku/:location')
  @ApiOperation({ summary: 'How much of a SKU is on hand, reserved and available at one location' })
  async at(@Param('sku') sku: string, @Param('location') location: string): Promise<Answer> {
    const { state, version } = await this.streams.read(stock, stockId(sku, location));
    const units: Units = { onHand: state.onHand, reserved: state.reserved.units, available: available(state) };
    return versioned(version, { sku, location, ...units });
  }
}

function sum(all: readonly Units[]): Units {
  return all.reduce(
    (total, { onHand, reserved, available: free }) => ({
      onHand: total.onHand + onHand,
      reserved: total.reserved + reserved,
      available: total.available + free,
    }),
    { onHand: 0, reserved: 0, available: 0 },
  );
}

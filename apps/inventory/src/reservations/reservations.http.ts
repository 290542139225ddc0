import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Streams } from '#libs/eventsourcing';
import { versioned, type Answer } from '#libs/platform';
import { Refusal } from '#libs/eventsourcing/vocabulary';
import { reservation } from './reservation';

@ApiTags('inventory')
@Controller('inventory/reservations')
export class ReservationsHttp {
  constructor(private readonly streams: Streams) {}

  /** Held, released or shipped at `location`, or refused for what was `short`; under the id of the order. */
  @Get(':id')
  @ApiOperation({ summary: 'What is held for an order, and where' })
  async find(@Param('id') id: string): Promise<Answer> {
    const { state, version } = await this.streams.read(reservation, id);
    if (version === 0) throw unknownReservation(id);
    return versioned(version, { id, ...state });
  }
}

function unknownReservation(id: string): Refusal {
  return new Refusal(
    'unknown-reservation',
    `There is no reservation for an order ${id}.`,
    'Use the id of an online order or supply order; a fresh order is decided within a moment.',
    'not-found',
  );
}

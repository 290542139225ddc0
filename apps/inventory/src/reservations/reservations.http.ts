import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { dispatch, Streams } from '#libs/eventsourcing';
import { versioned, Write, written, type Answer, type WriteRequest } from '#libs/platform';
import { CancelReservation } from './cancel-reservation';
import { CommitReservation } from './commit-reservation';
import { unknownReservation } from './direct-reservation';
import { ExtendReservation } from './extend-reservation';
import { reservation, type Reservation } from './reservation';
import { ReserveStock } from './reserve-stock';
import { SourceAgain } from './source-again';

@ApiTags('inventory')
@Controller('inventory/reservations')
export class ReservationsHttp {
  constructor(
    private readonly commands: CommandBus,
    private readonly streams: Streams,
  ) {}

  /**
   * All lines or nothing, at one place. 409 `out-of-stock` with `short`: what is available there, and where else;
   * 422 `unknown-location` or `place-required`.
   */
  @Post()
  @ApiOperation({ summary: 'Hold goods for a while, before there is an order' })
  async reserve(@Body() command: ReserveStock, @Write() write: WriteRequest): Promise<Answer> {
    command.reservationId = write.newId();
    return this.carryOut(command, write);
  }

  /** 409 `reservation-expired`, `reservation-released`, `reservation-committed` or `reservation-of-order`; 404 `unknown-reservation`. */
  @Post(':id/extend')
  @ApiOperation({ summary: 'Hold reserved goods longer' })
  async extend(
    @Param('id') reservationId: string,
    @Body() command: ExtendReservation,
    @Write() write: WriteRequest,
  ): Promise<Answer> {
    return this.carryOut(Object.assign(command, { reservationId }), write);
  }

  /** Held without an end, until an order takes them over. 409 `reservation-expired`, `reservation-released` or `reservation-of-order`. */
  @Post(':id/commit')
  @ApiOperation({ summary: 'Keep reserved goods for good' })
  async commit(@Param('id') reservationId: string, @Write() write: WriteRequest): Promise<Answer> {
    return this.carryOut(Object.assign(new CommitReservation(), { reservationId }), write);
  }

  /** 409 `reservation-expired`, `reservation-released` (it was before) or `reservation-of-order`. */
  @Post(':id/release')
  @ApiOperation({ summary: 'Let reserved goods go' })
  async release(@Param('id') reservationId: string, @Write() write: WriteRequest): Promise<Answer> {
    return this.carryOut(Object.assign(new CancelReservation(), { reservationId }), write);
  }

  /**
   * Also of an order, under its id. 409 `reservation-not-held`, `not-held-there` (with the `locations` that hold some of it), or
   * `no-other-place`, and then all is as it was; 404 `unknown-reservation`.
   */
  @Post(':id/source-again')
  @ApiOperation({ summary: 'Let other places hold what one of them cannot give' })
  async sourceAgain(
    @Param('id') reservationId: string,
    @Body() command: SourceAgain,
    @Write() write: WriteRequest,
  ): Promise<Answer> {
    return this.carryOut(Object.assign(command, { reservationId, at: write.now }), write);
  }

  /** Held, released, expired or shipped at `location` (or `parcels`), or refused for what was `short`; that of an order under the order's id. */
  @Get(':id')
  @ApiOperation({ summary: 'What is held, and where' })
  async find(@Param('id') id: string): Promise<Answer> {
    const { state, version } = await this.streams.read(reservation, id);
    if (version === 0) throw unknownReservation(id);
    return versioned(version, { id, ...state });
  }

  private async carryOut(command: { reservationId: string }, write: WriteRequest): Promise<Answer> {
    const outcome = await dispatch<Reservation>(this.commands, command, write);
    return written(outcome, { id: command.reservationId, ...outcome.state });
  }
}

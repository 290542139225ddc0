import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ReservationEvents, Sourced, SourcingDecision } from '#libs/contracts';
import { Streams } from '#libs/eventsourcing';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { versioned, type Answer } from '#libs/platform';
import { Vault } from '#libs/privacy';
import { unknownReservation } from '../reservations/direct-reservation';
import { reservation } from '../reservations/reservation';

type Decided = RecordedEvent<string, Sourced & Partial<ReservationEvents['StockReservationMade']>>;

@ApiTags('inventory')
@Controller('inventory/reservations')
export class SourcingHttp {
  constructor(
    private readonly streams: Streams,
    private readonly vault: Vault,
  ) {}

  /**
   * Each decision, the first one first: when, by which version of the rule, the `chosen` place (none: refused), how many were
   * `feasible`, the best of them with their scores, and who near was passed over and why. 404 `unknown-reservation`.
   */
  @Get(':id/sourcing')
  @ApiOperation({ summary: 'Why goods come from where they come from; that of an order under its id' })
  async find(@Param('id') id: string): Promise<Answer> {
    const { version } = await this.streams.read(reservation, id);
    if (version === 0) throw unknownReservation(id);
    const decisions: Decided[] = [];
    await this.streams.walkBack([{ aggregate: reservation, id, before: version + 1 }], (event) => {
      if ('rule' in (event.data as object)) decisions.unshift(event as Decided);
      return true;
    });
    return versioned(version, { id, decisions: await Promise.all(decisions.map((event) => this.opened(event))) });
  }

  private async opened({ type, happenedAt: at, data }: Decided): Promise<object> {
    const { rule, location: chosen, sourcing, sealedSourcing } = data;
    const { sealedSourcing: opened, erased } = await this.vault.reveal({ sealedSourcing });
    // Where somebody lives is for who reads the order.
    const { deliverTo: _, ...decision }: Partial<SourcingDecision> = sourcing ?? opened ?? {};
    return { at, event: type, rule, ...(chosen !== undefined && { chosen }), ...decision, ...(erased && { erased }) };
  }
}

import { Body, Controller, Param, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { dispatch, Streams } from '#libs/eventsourcing';
import { hasScope, scopeRequired, Write, written, type Answer, type WriteRequest } from '#libs/platform';
import { customer, type Customer } from './customer';
import { EraseCustomer } from './erase-customer';

/** What it takes to erase somebody: more than to write orders. */
const ERASE_CUSTOMERS = 'customers:erase';
/** Keys are destroyed within moments. */
const USUAL_PATIENCE_MS = 5000;

@ApiTags('storefront')
@Controller('storefront/customers')
export class CustomersHttp {
  constructor(
    private readonly commands: CommandBus,
    private readonly streams: Streams,
  ) {}

  /**
   * Destroys the key with which their addresses, names and numbers are sealed, so that no copy of them can be read again, here
   * or where events went; orders then say `erased`, and sums stay. There is no way back. Nothing is cancelled: call open
   * orders off first, for a parcel whose address is gone cannot be delivered. A later order of the same customer is sealed
   * with a new key. Waits up to 5 seconds, or as `Prefer: wait` says; 202 and `erasing` if it takes longer. Needs the scope
   * `customers:erase`.
   */
  @Post(':id/erase')
  @ApiOperation({ summary: 'Forget a person' })
  async erase(
    @Param('id') id: string,
    @Body() command: EraseCustomer,
    @Write() write: WriteRequest,
    @Req() request: FastifyRequest,
  ): Promise<Answer> {
    if (!hasScope(request, ERASE_CUSTOMERS)) throw scopeRequired(ERASE_CUSTOMERS);
    command.customer = id;
    const outcome = await dispatch<Customer>(this.commands, command, write);
    const patienceMs = write.waitMs ?? USUAL_PATIENCE_MS;
    const { state, version } = await this.streams.until(customer, id, (now) => now?.status === 'erased', patienceMs);
    const status = state?.status ?? 'erasing';
    return written({ ...outcome, version }, { id, status }, status === 'erased' ? 200 : 202);
  }
}

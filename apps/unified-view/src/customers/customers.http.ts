import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Refusal } from '#libs/eventsourcing/vocabulary';
import { customerResource, type CustomerResource, type KnownCustomer } from './customer';
import { FindCustomer } from './customer.view';

@ApiTags('unified-view')
@Controller('unified-view/customers')
export class CustomersHttp {
  constructor(private readonly queries: QueryBus) {}

  /** Sales and returns by kind, money in minor units by currency. 404 `unknown-customer` when they have bought nothing. */
  @Get(':id')
  @ApiOperation({ summary: 'What a customer bought and gave back, in every channel' })
  async find(@Param('id') id: string): Promise<CustomerResource> {
    const found = await this.queries.execute<FindCustomer, KnownCustomer | undefined>(new FindCustomer(id));
    if (!found) throw unknownCustomer(id);
    return customerResource(id, found);
  }
}

function unknownCustomer(id: string): Refusal {
  return new Refusal(
    'unknown-customer',
    `Nobody of the name ${id.slice(0, 80)} has bought anything.`,
    'Use the customer that an order names, or the id of a corner shop; case matters.',
    'not-found',
  );
}

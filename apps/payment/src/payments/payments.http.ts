import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Streams } from '#libs/eventsourcing';
import { pageOf, pageRequest, timeKey, versioned, type Answer, type Page } from '#libs/platform';
import { payment, refundedMinor, unknownPayment, type Payment } from './payment';
import { ListPayments, type PaymentRow } from './payment.view';

function resource(orderId: string, state: Payment): object {
  if (!state) throw unknownPayment(orderId);
  const { status, customer, amountMinor, currency } = state;
  return {
    ...{ orderId, status, customer, amountMinor, currency },
    refundedMinor: state.status === 'captured' ? refundedMinor(state) : 0,
    ...('reason' in state && { reason: state.reason }),
  };
}

@ApiTags('payment')
@Controller('payment/payments')
export class PaymentsHttp {
  constructor(
    private readonly queries: QueryBus,
    private readonly streams: Streams,
  ) {}

  /** Under the id of its order. 404 `unknown-payment` before its goods are held. */
  @Get(':orderId')
  @ApiOperation({ summary: 'The money of one online order' })
  async find(@Param('orderId') orderId: string): Promise<Answer> {
    const { state, version } = await this.streams.read(payment, orderId);
    return versioned(version, resource(orderId, state));
  }

  /** The latest first. */
  @Get()
  @ApiOperation({ summary: 'The payments, of one status or of all, page by page' })
  async list(@Query() { status, ...page }: { status?: string; cursor?: string; limit?: string }): Promise<Page<PaymentRow>> {
    const { after, limit, take } = pageRequest(page);
    const rows = await this.queries.execute<ListPayments, PaymentRow[]>(new ListPayments(status, take, timeKey(after)));
    return pageOf(rows, limit, ({ askedAt, orderId }) => [askedAt, orderId]);
  }
}

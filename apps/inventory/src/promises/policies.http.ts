import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { dispatch, Streams } from '#libs/eventsourcing';
import { versioned, Write, written, type Answer, type WriteRequest } from '#libs/platform';
import { asSet } from '../stock/quotas';
import { stock, stockId, type Stock } from '../stock/stock';
import { promisePolicy, type SkuPolicy } from './promise-policy';
import { SetPlacePolicy, WithdrawPlacePolicy } from './set-place-policy';
import { unknownPolicy } from './set-policy';
import { SetSkuPolicy, WithdrawSkuPolicy } from './set-sku-policy';

/** The policy in force at a place, and whether it was said of the place or of the SKU. */
const atPlace = (sku: string, location: string, { policy }: Stock): object => ({
  ...{ sku, location },
  ...(policy ? { scope: policy.scope, ...asSet(policy) } : { scope: 'none' }),
});

@ApiTags('inventory')
@Controller('inventory/promise-policies')
export class PoliciesHttp {
  constructor(
    private readonly commands: CommandBus,
    private readonly streams: Streams,
  ) {}

  /** The places that have no policy of their own follow within a moment. 422 `invalid-sku` or `lends-to-itself`. */
  @Put(':sku')
  @ApiOperation({ summary: 'Say how a SKU is shared between channels, wherever it is' })
  async setForSku(@Param('sku') sku: string, @Body() command: SetSkuPolicy, @Write() write: WriteRequest): Promise<Answer> {
    const outcome = await dispatch<SkuPolicy>(this.commands, Object.assign(command, { sku }), write);
    return written(outcome, { sku, ...outcome.state.terms });
  }

  /** 404 `unknown-policy` when there is none. */
  @Post(':sku/withdraw')
  @ApiOperation({ summary: 'Let a SKU be promised to whoever comes first again' })
  async withdrawForSku(@Param('sku') sku: string, @Write() write: WriteRequest): Promise<Answer> {
    const outcome = await dispatch<SkuPolicy>(this.commands, Object.assign(new WithdrawSkuPolicy(), { sku }), write);
    return written(outcome, { sku, ...outcome.state.terms });
  }

  /** 404 `unknown-policy` when there is none; a place may still have its own. */
  @Get(':sku')
  @ApiOperation({ summary: 'How a SKU is shared between channels, wherever it is' })
  async ofSku(@Param('sku') sku: string): Promise<Answer> {
    const { state, version } = await this.streams.read(promisePolicy, sku);
    if (!state.terms) throw unknownPolicy(sku);
    return versioned(version, { sku, ...state.terms });
  }

  /** From the next promise on. 422 `unknown-location`, `invalid-sku` or `lends-to-itself`. */
  @Put(':sku/:location')
  @ApiOperation({ summary: 'Say how a SKU is shared between channels at one place' })
  async setForPlace(
    @Param() at: { sku: string; location: string },
    @Body() command: SetPlacePolicy,
    @Write() write: WriteRequest,
  ): Promise<Answer> {
    const outcome = await dispatch<Stock>(this.commands, Object.assign(command, at), write);
    return written(outcome, atPlace(at.sku, at.location, outcome.state));
  }

  /** The place follows the SKU again. 404 `unknown-policy` when it has none of its own. */
  @Post(':sku/:location/withdraw')
  @ApiOperation({ summary: 'Let one place follow the policy of a SKU again' })
  async withdrawForPlace(@Param() at: { sku: string; location: string }, @Write() write: WriteRequest): Promise<Answer> {
    const outcome = await dispatch<Stock>(this.commands, Object.assign(new WithdrawPlacePolicy(), at), write);
    return written(outcome, atPlace(at.sku, at.location, outcome.state));
  }

  /** `scope` says whether it is the place's own, the SKU's, or `none`. */
  @Get(':sku/:location')
  @ApiOperation({ summary: 'How a SKU is shared between channels at one place' })
  async atPlace(@Param('sku') sku: string, @Param('location') location: string): Promise<Answer> {
    const { state, version } = await this.streams.read(stock, stockId(sku, location));
    return versioned(version, atPlace(sku, location, state));
  }
}

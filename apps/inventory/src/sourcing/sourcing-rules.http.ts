import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { dispatch, Streams } from '#libs/eventsourcing';
import { versioned, Write, written, type Answer, type WriteRequest } from '#libs/platform';
import { SetSourcingRule, unknownRules } from './set-sourcing-rule';
import { ORDERS, ruleInForce, ruleOf, sourcingRule, type SourcingRules } from './sourcing-rule';

@ApiTags('inventory')
@Controller('inventory/sourcing-rules')
export class SourcingRulesHttp {
  constructor(
    private readonly commands: CommandBus,
    private readonly streams: Streams,
  ) {}

  /**
   * The whole rule, in force for every order from half a second later on; `If-Match` guards against overwriting what somebody else
   * has set. 404 `unknown-sourcing-rule`: there is only `orders`.
   */
  @Put(':rules')
  @ApiOperation({ summary: 'Say by which rule orders are sourced' })
  async set(@Param('rules') rules: string, @Body() command: SetSourcingRule, @Write() write: WriteRequest): Promise<Answer> {
    const outcome = await dispatch<SourcingRules>(this.commands, Object.assign(command, { rules }), write);
    return written(outcome, { id: rules, ...ruleInForce(outcome.state) });
  }

  /** That in force, or that of a version; 0 is the one that everybody begins with. 404 `unknown-sourcing-rule`. */
  @Get(':rules')
  @ApiOperation({ summary: 'By which rule orders are sourced, now or at a version' })
  @ApiQuery({ name: 'version', required: false, description: 'As decisions name it; absent: that in force' })
  async find(@Param('rules') id: string, @Query('version') asked?: string): Promise<Answer> {
    if (id !== ORDERS) throw unknownRules(id);
    const { state } = await this.streams.read(sourcingRule, id);
    const rule = asked === undefined ? ruleInForce(state) : /^\d{1,9}$/.test(asked) && ruleOf(state, Number(asked));
    if (!rule) throw unknownRules(`${id} of version ${asked}`);
    return versioned(rule.version, { id, ...rule });
  }
}

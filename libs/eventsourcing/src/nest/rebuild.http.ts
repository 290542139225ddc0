import { Controller, Get, HttpCode, Inject, Param, Post, Req, type Type } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { RebuildStatus } from '../store/rebuild-log';
import { Refusal } from '../vocabulary';
import { ServiceRuntime } from './service-runtime';

class RebuildHttp {
  constructor(@Inject(ServiceRuntime) private readonly runtime: ServiceRuntime) {}

  /**
   * Begins to make a view again from the logs, in the background, or finds the rebuild that is under way. The view is read and kept as
   * ever meanwhile; in the end what differs is written over in one transaction. Needs the scope `operator:write`.
   */
  @Post()
  @HttpCode(202)
  @ApiOperation({ summary: 'Make a view again from the logs' })
  begin(@Param('view') view: string, @Req() request: object): Promise<RebuildStatus> {
    this.runtime.options.operator(request);
    return this.runtime.consumers.rebuilds.begin(view);
  }

  /**
   * How far the rebuild is, or what came of the last one: `events` of `total` folded in `seconds`; once it is `done`, whether all rows
   * were the `same`, and the `differences`: how many were `missing`, `surplus` and `changed`, with the keys of some.
   */
  @Get()
  @ApiOperation({ summary: 'How far the rebuild of a view is, or what came of it' })
  async status(@Param('view') view: string): Promise<RebuildStatus> {
    const status = await this.runtime.consumers.rebuilds.status(view);
    if (status) return status;
    throw new Refusal(
      'never-rebuilt',
      `The view ${view} has never been made again.`,
      'Begin with a POST to this address.',
      'not-found',
    );
  }
}

/** Making views again: `/<service>/views/:view/rebuild`. */
export function rebuildController(service: string): Type {
  @ApiTags(service)
  @Controller(`${service}/views/:view/rebuild`)
  class OfService extends RebuildHttp {}
  return Object.defineProperty(OfService, 'name', { value: `${service}-rebuild-http` });
}

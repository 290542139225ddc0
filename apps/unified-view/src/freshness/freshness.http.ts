import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ViewFreshness } from './freshness';
import { Freshness, type Bus } from './freshness.provider';

@ApiTags('unified-view')
@Controller('unified-view/freshness')
export class FreshnessHttp {
  constructor(private readonly freshness: Freshness) {}

  /** In events: what each view has, what there is, and the difference, also by source; null for a source that is silent. */
  @Get()
  @ApiOperation({ summary: 'How far the views are behind the logs, and by which bus events travel' })
  async read(): Promise<{ bus: Bus; views: ViewFreshness[] }> {
    return { bus: this.freshness.bus(), views: await this.freshness.views() };
  }
}

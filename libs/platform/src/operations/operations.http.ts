import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PositionWaiters } from '../http/positions';
import { HealthChecks, type HealthReport } from './health';
import { Metrics } from './metrics';

/** What an operator asks of a process. */
@Controller()
export class OperationsHttp {
  constructor(
    private readonly health: HealthChecks,
    private readonly services: PositionWaiters,
    private readonly metrics: Metrics,
  ) {}

  /** 200 when everything is well, 503 when something is not; needs no token. */
  @Get('health')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Whether everything this process needs is well', description: '200 when it is, 503 when it is not.' })
  async report(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    const checks = await this.health.ask();
    const ok = checks.every((check) => check.ok);
    if (!ok) reply.code(503);
    return { status: ok ? 'ok' : 'degraded', services: this.services.names(), checks };
  }

  /** Says only that the process runs: whoever restarts it must not do so because a database is away. Needs no token. */
  @Get('health/live')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Whether the process runs', description: 'For whoever restarts processes: it asks nobody else.' })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Figures in the text format of Prometheus. */
  @Get('metrics')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Figures of this process in the text format of Prometheus' })
  async figures(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.type(this.metrics.registry.contentType);
    return this.metrics.registry.metrics();
  }
}

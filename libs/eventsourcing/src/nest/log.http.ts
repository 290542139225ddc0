import { Controller, Get, Inject, Query, Res, type Type } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { cloudEventText } from '../envelope';
import type { Progress } from './progress';
import { Refusal } from '../vocabulary';
import { ServiceRuntime } from './service-runtime';

const MAX_LIMIT = 2000;
const DEFAULT_LIMIT = 500;

/** What the controllers need of the HTTP framework's reply: to send text that is JSON already. */
interface Reply {
  header(name: string, value: string): Reply;
  send(body: string): unknown;
}

/** The log of a service as an API: `GET /<service>/events`. Every service with a log has it. */
export function logController(service: string): Type {
  @ApiTags(service)
  @Controller(service)
  class LogHttp {
    constructor(@Inject(ServiceRuntime) private readonly runtime: ServiceRuntime) {}

    /** The events of a lane after a position, dense, as the CloudEvents that travel on the topic; `next` goes into `after`. */
    @Get('events')
    @ApiOperation({ summary: 'The events of a lane after a position, oldest first, as CloudEvents' })
    async events(@Res() reply: Reply, @Query() query: Record<string, string | undefined>): Promise<void> {
      const body = await page(this.runtime, query);
      void reply.header('content-type', 'application/json; charset=utf-8').send(body);
    }

    /** The last position of every lane. */
    @Get('events/heads')
    @ApiOperation({ summary: 'The last position of every lane of the log' })
    async heads(): Promise<{ heads: { lane: number; position: number }[] }> {
      return { heads: (await this.runtime.store.heads()).map((position, lane) => ({ lane, position })) };
    }
  }
  return Object.defineProperty(LogHttp, 'name', { value: `${service}-log-http` });
}

async function page({ store, options }: ServiceRuntime, query: Record<string, string | undefined>): Promise<string> {
  const lane = integer('lane', query['lane'] ?? '0', { least: 0, most: options.lanes - 1 });
  const after = integer('after', query['after'] ?? '0', { least: 0, most: Number.MAX_SAFE_INTEGER });
  const limit = integer('limit', query['limit'] ?? String(DEFAULT_LIMIT), { least: 1, most: MAX_LIMIT });
  const events = await store.read(lane, after, limit);
  const documents = events.map((event) => cloudEventText(event, options)).join(',');
  return `{"events":[${documents}],"next":${events.at(-1)?.position ?? after}}`;
}

/** How far the consumers of a service are: `GET /<service>/consumers`. */
export function consumersController(service: string): Type {
  @ApiTags(service)
  @Controller(service)
  class ConsumersHttp {
    constructor(@Inject(ServiceRuntime) private readonly runtime: ServiceRuntime) {}

    /** Per view, process and relay, source and lane: the last position that is in, and how many repeats were dropped. */
    @Get('consumers')
    @ApiOperation({ summary: 'How far the views, the processes and the relay of this service have come' })
    async list(): Promise<{ consumers: Progress[]; parked: number }> {
      const { consumers } = this.runtime;
      const parked = [...(await consumers.parked.counts()).values()].reduce((sum, count) => sum + count, 0);
      return { consumers: await consumers.progress(), parked };
    }
  }
  return Object.defineProperty(ConsumersHttp, 'name', { value: `${service}-consumers-http` });
}

function integer(name: string, text: string, { least, most }: { least: number; most: number }): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new Refusal(
    'invalid-query',
    `The query parameter ${name} is "${text.slice(0, 40)}", which is no integer from ${least} to ${most}.`,
    `Send ${name} as an integer from ${least} to ${most}.`,
  );
}

import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res, type Type } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { IsOptional, Length } from 'class-validator';
import { eventId } from '../envelope';
import type { ParkedStream } from '../store/parked';
import type { ParkedTimer } from '../store/timers';
import { ServiceRuntime } from './service-runtime';

/** Which parked streams to try again; what is left out is any. */
class RetryParked {
  @IsOptional()
  @Length(1, 100)
  consumer?: string;

  @IsOptional()
  @Length(1, 100)
  source?: string;

  @IsOptional()
  @Length(1, 500)
  stream?: string;
}

/** An event to give up for a consumer, and why. */
class SkipParked {
  @Length(1, 100)
  consumer!: string;

  @Length(1, 100)
  event!: string;

  @Length(1, 500)
  reason!: string;
}

/** A stream that waits for a consumer, as it is shown. */
interface ParkedResource {
  consumer: string;
  kind: 'view' | 'process' | 'gone';
  source: string;
  stream: string;
  event: string;
  type: string;
  error: string;
  attempts: number;
  since: string;
  behind: number;
}

/** A timer whose command failed too often, as it is shown. */
interface ParkedTimerResource {
  consumer: string;
  /** The id of the timer, by which it is skipped. */
  event: string;
  key: string;
  command: string;
  dueAt: string;
  error: string;
  attempts: number;
  since: string;
}

interface RetriedResource {
  taken: number;
  failed: ParkedResource[];
  timers: number;
  more: boolean;
}

/** What the controller needs of the HTTP framework's reply. */
interface Reply {
  header(name: string, value: string): unknown;
}

class ParkedHttp {
  constructor(@Inject(ServiceRuntime) private readonly runtime: ServiceRuntime) {}

  /**
   * Per consumer and stream the event that it could not take in: why, how often it was tried, since when, and how many events of its
   * stream wait behind it. `kind` is `gone` when the service has no such view or process any more. And the `timers` whose commands
   * failed too often. The first 1,000 of each.
   */
  @Get()
  @ApiOperation({ summary: 'What views and processes of this service could not take in' })
  async list(): Promise<{ parked: ParkedResource[]; timers: ParkedTimerResource[] }> {
    const { parked, timers } = this.runtime.consumers;
    const [streams, late] = await Promise.all([parked.list(), timers.parked()]);
    return { parked: streams.map((stream) => this.shown(stream)), timers: late.map(timerShown) };
  }

  /**
   * Gives parked events to their consumers again, each stream in order until one fails: all of them, or those of a consumer, a source
   * or a stream. `taken` were taken in; `failed` are the streams that wait still; `timers` that were parked fire again, where neither a
   * source nor a stream is named. When `more`, ask again: a request takes in 1,000 events at most. Needs the scope `operator:write`.
   */
  @Post('retry')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give parked events to their consumers again' })
  async retry(@Body() body: RetryParked, @Req() request: object): Promise<RetriedResource> {
    this.runtime.options.operator(request);
    const { failed, ...rest } = await this.runtime.consumers.parking.retry({ ...body });
    return { ...rest, failed: failed.map((stream) => this.shown(stream)) };
  }

  /**
   * Gives up the event with which a stream is parked, for one consumer, or a parked timer by its id. The log of the service says so for ever, on the stream
   * `consumer:<name>`: `ParkedEventSkipped`, with who and why. What waits behind it is tried with a retry. Needs the scope
   * `operator:write`.
   */
  @Post('skip')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give up a parked event for one consumer' })
  async skip(
    @Body() body: SkipParked,
    @Req() request: object,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<SkipParked & { position: string }> {
    const write = this.runtime.options.operator(request);
    const { position, duplicate } = await this.runtime.consumers.parking.skip(body, write);
    if (duplicate) reply.header('idempotency-replayed', 'true');
    return { ...body, position };
  }

  private shown(parked: ParkedStream): ParkedResource {
    const { consumer, source, stream, type, error, attempts, since, behind } = parked;
    const { views = [], processes = [] } = this.runtime.definition;
    const isNamed = ({ name }: { name: string }): boolean => name === consumer;
    const kind = views.some(isNamed) ? 'view' : processes.some(isNamed) ? 'process' : 'gone';
    return { consumer, kind, source, stream, event: eventId(parked), type, error, attempts, since, behind };
  }
}

function timerShown({ process, id, key, command, dueAt, error, attempts, since }: ParkedTimer): ParkedTimerResource {
  return { consumer: process, event: id, key, command, dueAt, error, attempts, since };
}

/** What consumers of a service could not take in: `GET /<service>/parked`, and what to do about it. */
export function parkedController(service: string): Type {
  @ApiTags(service)
  @Controller(`${service}/parked`)
  class OfService extends ParkedHttp {}
  return Object.defineProperty(OfService, 'name', { value: `${service}-parked-http` });
}

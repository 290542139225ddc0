import { Body, Controller, Get, Inject, Module, Param, Post, Put, Query, Req } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiOperation } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMinSize,
  IsInt,
  IsISO8601,
  IsLatitude,
  IsLongitude,
  IsOptional,
  Length,
  Matches,
  Min,
  ValidateNested,
} from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { pino } from 'pino';
import { Refusal } from '#libs/eventsourcing/vocabulary';
import { Clock } from '../app/clock';
import { createApp } from '../app/create-app';
import { hasScope } from '../auth/caller';
import { loadConfig } from '../config/config';
import { versioned, written, type Answer } from '../http/answer';
import { pageOf, pageRequest, type Page } from '../http/page';
import { Write, type WriteRequest } from '../http/write';

/** What a specification makes the routes below do. */
export class Script {
  readonly outcome = { position: 'inventory:0=1', version: 1, created: true, duplicate: false };
  /** Thrown by `GET /inventory/parcels/:id`. */
  error: unknown;
}

class Place {
  @IsLatitude()
  latitude!: number;

  @IsLongitude()
  longitude!: number;
}

class ParcelLine {
  @Matches(/^[a-z]+$/)
  sku!: string;

  @IsInt()
  @Min(1)
  quantity!: number;
}

class PackParcel {
  id!: string;

  @Length(1, 20)
  customer!: string;

  @ValidateNested({ each: true })
  @Type(() => ParcelLine)
  @ArrayMinSize(1)
  lines!: ParcelLine[];

  @IsOptional()
  @ValidateNested()
  @Type(() => Place)
  deliverTo?: Place;

  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

class SealParcel {
  id!: string;
}

type Said = Pick<WriteRequest, 'commandId' | 'fingerprint' | 'by' | 'now'> & { ids: string[]; body: string };

@Controller('inventory/parcels')
class ParcelsHttp {
  constructor(@Inject(Script) private readonly script: Script) {}

  @Post()
  @ApiOperation({ summary: 'Pack a parcel' })
  pack(@Body() body: PackParcel, @Write() write: WriteRequest): Answer<Said & Partial<WriteRequest>> {
    const { commandId, fingerprint, by, now, waitMs, expectedVersion } = write.at(body.happenedAt);
    const said = { commandId, fingerprint, by, now, waitMs, ids: [write.newId(), write.newId()], body: body.constructor.name };
    return written(this.script.outcome, { ...said, ...(expectedVersion !== undefined && { expectedVersion }) });
  }

  @Put(':id/seal')
  @ApiOperation({ summary: 'Seal a parcel' })
  seal(@Param('id') id: string, @Body() _body: SealParcel, @Write() _write: WriteRequest): Answer<{ id: string }> {
    return written(this.script.outcome, { id }, 202);
  }

  @Get()
  @ApiOperation({ summary: 'All parcels' })
  list(@Query() query: { cursor?: string; limit?: string }): Page<number> {
    const { after, limit, take } = pageRequest(query);
    const first = Number(after?.[0] ?? 0) + 1;
    const rows = Array.from({ length: take }, (_, n) => first + n).filter((n) => n <= 5);
    return pageOf(rows, limit, (n) => [n]);
  }

  @Get(':id')
  @ApiOperation({ summary: 'A parcel' })
  read(@Param('id') id: string, @Req() request: FastifyRequest): Answer<{ id: string; mayAgree: boolean }> {
    if (this.script.error !== undefined) throw this.script.error as Error;
    if (id === 'nowhere') throw new Refusal('unknown-parcel', 'There is no parcel nowhere.', 'Pack it first.', 'not-found');
    return versioned(3, { id, mayAgree: hasScope(request, 'prices:agree') });
  }
}

class FixedClock extends Clock {
  now(): Date {
    return new Date('2026-03-01T12:00:00Z');
  }
}

export const SECRET = 'a-secret-of-thirty-two-characters';

export interface Parcels {
  app: NestFastifyApplication;
  script: Script;
  /** Lines of the log, as they were written. */
  log: string[];
}

/** An application with one small service, whose clock stands at noon of 2026-03-01. */
export async function openParcels(environment: Record<string, string> = {}): Promise<Parcels> {
  const script = new Script();
  @Module({ controllers: [ParcelsHttp], providers: [{ provide: Script, useValue: script }] })
  class ParcelsModule {}
  const config = loadConfig({ DATABASE_URL: 'postgres://localhost/none', PORT: '0', ...environment });
  const log: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line: string) => void log.push(line) });
  const app = await createApp(ParcelsModule, config, { clock: new FixedClock(), logger });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return { app, script, log };
}

export const PARCEL = { customer: 'Li Na', lines: [{ sku: 'tea', quantity: 2 }] };

import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventDescriptions } from '#libs/contracts';
import { packageRoot } from '../app/package-root';
import { CONFIG, type Config } from '../config/config';
import { PositionWaiters } from '../http/positions';
import { asyncApiDocument, type AsyncApiDocument } from './document';

/** What OpenAPI is to requests, for the events. */
@Controller()
export class AsyncApiHttp {
  private descriptions: EventDescriptions | undefined;

  constructor(
    private readonly services: PositionWaiters,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The channels of the services in this process and of those that they listen to, made when it is asked for. */
  @Get('asyncapi.json')
  @ApiOperation({ summary: 'The events of this process as a document of AsyncAPI 3.0' })
  document(): AsyncApiDocument {
    this.descriptions ??= readDescriptions();
    return asyncApiDocument(this.descriptions, { ...this.config, services: this.services.names() });
  }
}

/** It is no input of the compiler, so it stays beside the sources, and an image has to bring it along. */
function readDescriptions(): EventDescriptions {
  return JSON.parse(readFileSync(join(packageRoot(), 'libs/contracts/events.json'), 'utf8')) as EventDescriptions;
}

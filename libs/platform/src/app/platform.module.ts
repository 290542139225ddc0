import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import { EventSourcingOptions } from '#libs/eventsourcing';
import { Vault } from '#libs/privacy';
import { AsyncApiHttp } from '../asyncapi/asyncapi.http';
import { CONFIG, type Config } from '../config/config';
import { PositionWaiters } from '../http/positions';
import { ProblemFilter } from '../http/problem.filter';
import { RouteTable } from '../http/route-table';
import { HealthChecks } from '../operations/health';
import { LOGGER } from '../operations/log';
import { Metrics } from '../operations/metrics';
import { Observations } from '../operations/observations';
import { OperationsHttp } from '../operations/operations.http';
import { Clock } from './clock';
import { Keys } from './keys';
import { RunningServices } from './running-services';
import { Surroundings } from './surroundings';

export interface PlatformParts {
  config: Config;
  logger: Logger;
  clock: Clock;
}

/** What every module can inject without importing anything. */
@Module({})
export class PlatformModule {
  static of({ config, logger, clock }: PlatformParts): DynamicModule {
    const providers: Provider[] = [
      { provide: CONFIG, useValue: config },
      { provide: LOGGER, useValue: logger },
      { provide: Clock, useValue: clock },
      { provide: EventSourcingOptions, useClass: Surroundings },
      { provide: Vault, useClass: Keys },
      Metrics,
      HealthChecks,
      PositionWaiters,
      Observations,
      RunningServices,
      RouteTable,
      ProblemFilter,
    ];
    return { module: PlatformModule, global: true, controllers: [OperationsHttp, AsyncApiHttp], providers, exports: providers };
  }
}

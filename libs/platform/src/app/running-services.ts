import { Inject, Injectable } from '@nestjs/common';
import type { ServiceHandle } from '#libs/eventsourcing';
import { CONFIG, type Config } from '../config/config';
import { PositionWaiters } from '../http/positions';
import { HealthChecks } from '../operations/health';
import { Observations } from '../operations/observations';

const DATABASE_REMEDY = 'Start PostgreSQL where DATABASE_URL says, or correct DATABASE_URL; work goes on by itself then.';
const BUS_REMEDY = 'Start Kafka where KAFKA_BROKERS says, or correct it; events wait in the log and go on by themselves then.';

/** Makes services known to the rest of the platform as they come up. */
@Injectable()
export class RunningServices {
  constructor(
    private readonly health: HealthChecks,
    private readonly waiters: PositionWaiters,
    readonly observations: Observations,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  started(handle: ServiceHandle): void {
    const { service } = handle;
    this.waiters.register(service, handle);
    this.observations.watch(service, handle);
    this.health.register(`${service}.database`, { check: () => handle.checkDatabase(), remedy: DATABASE_REMEDY });
    // Nobody is restarted or taken out of service for it: the check says what there is to do, and fails only with its database.
    this.health.register(`${service}.parked`, { check: async () => inWords(await handle.parked()), remedy: DATABASE_REMEDY });
    if (this.config.bus === 'kafka') {
      this.health.register(`${service}.bus`, { check: () => handle.checkBus(), remedy: BUS_REMEDY });
    }
  }
}

/** `order-book: 5, allocate-orders: 1`, and what to do. */
function inWords(parked: ReadonlyMap<string, number>): string {
  const counts = [...parked].map(([consumer, count]) => `${consumer}: ${count}`);
  return counts.length === 0 ? 'nothing' : `${counts.join(', ')}; see npm run -s retail -- parked list`;
}

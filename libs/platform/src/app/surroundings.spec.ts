import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { EventSourcingOptions, type ServiceHandle } from '#libs/eventsourcing';
import { loadConfig } from '../config/config';
import { Metrics } from '../operations/metrics';
import { listen } from './bootstrap';
import { createApp } from './create-app';

@Module({})
class EmptyModule {}

const open: NestFastifyApplication[] = [];
const log: string[] = [];
async function surroundings(environment: Record<string, string> = {}): Promise<[EventSourcingOptions, NestFastifyApplication]> {
  const config = loadConfig({ DATABASE_URL: 'postgres://localhost/none', PORT: '0', ...environment });
  const logger = pino({ level: 'warn' }, { write: (line: string) => void log.push(line) });
  const app = await createApp(EmptyModule, config, { logger });
  open.push(app);
  return [app.get(EventSourcingOptions), app];
}
afterEach(async () => {
  log.length = 0;
  await Promise.all(open.splice(0).map((app) => app.close()));
});

const handle: ServiceHandle = {
  service: 'inventory',
  reached: () => Promise.resolve(true),
  checkDatabase: () => Promise.resolve(),
  checkBus: () => Promise.reject(new Error('no broker')),
  parked: () => Promise.resolve(new Map([['availability', 2]])),
  lag: () => Promise.resolve([{ consumer: 'availability', source: 'storefront', events: 12 }]),
  timers: () => Promise.resolve({ due: 3, parked: 1 }),
};

describe('what a service is surrounded by', () => {
  it('comes from the configuration', async () => {
    const [options] = await surroundings({ KAFKA_BROKERS: 'a:9092', LANES: '4', INSTANCE: 'one', EVENT_NAMESPACE: 'test' });
    expect(options).toMatchObject({ bus: 'kafka', brokers: ['a:9092'], lanes: 4, owner: 'one', namespace: 'test' });
  });

  it('finds other services by their own address, by the common one, or in this process', async () => {
    const [options] = await surroundings({ HEMA_URL: 'http://hema:3000', SERVICES_URL: 'http://all:3000' });
    expect([options.urlOf('hema'), options.urlOf('payment')]).toEqual(['http://hema:3000', 'http://all:3000']);
    const [alone, app] = await surroundings();
    const url = await listen(app, { host: '127.0.0.1', port: 0 });
    expect(alone.urlOf('payment')).toBe(url);
  });

  it('shows a service that is up, and how it is', async () => {
    const [options, app] = await surroundings({ KAFKA_BROKERS: 'a:9092' });
    options.started(handle);
    await app.init();
    const answer = await app.inject({ method: 'GET', url: '/health' });
    expect(answer.json()).toMatchObject({
      status: 'degraded',
      services: ['inventory'],
      checks: [
        { name: 'inventory.database', ok: true },
        { name: 'inventory.parked', ok: true, detail: 'availability: 2; see npm run -s retail -- parked list' },
        { name: 'inventory.bus', ok: false, detail: 'no broker', remedy: expect.stringContaining('KAFKA_BROKERS') as string },
      ],
    });
  });

  it('counts what happens inside', async () => {
    const [options, app] = await surroundings();
    const { observer } = options;
    options.started(handle);
    observer.committed('inventory', { commands: 2, events: 5, conflicts: 1, careful: 1, seconds: 0.004, laneWaitSeconds: 0.001 });
    observer.sent('inventory', { events: 7, seconds: 0.02 });
    observer.folded('inventory', { events: 9, seconds: 0.03 });
    observer.tookIn('inventory', 'storefront', 0.2);
    observer.rebuilt('inventory', 'availability', 'same');
    observer.absorbed('inventory', 'storefront', 3);
    const figures = await app.get(Metrics).registry.metrics();
    expect(figures).toContain('retail_events_total{service="inventory"} 5');
    expect(figures).toContain('retail_events_absorbed_total{service="inventory",source="storefront"} 3');
    expect(figures).toContain('retail_consumer_lag_events{service="inventory",consumer="availability",source="storefront"} 12');
    expect(figures).toContain('retail_batch_events_sum{service="inventory"} 5');
    expect(figures).toContain('retail_append_seconds_sum{service="inventory"} 0.004');
    expect(figures).toContain('retail_lane_wait_seconds_sum{service="inventory"} 0.001');
    expect(figures).toContain('retail_relay_send_events_sum{service="inventory"} 7');
    expect(figures).toContain('retail_relay_send_seconds_sum{service="inventory"} 0.02');
    expect(figures).toContain('retail_view_round_events_sum{service="inventory"} 9');
    expect(figures).toContain('retail_consumer_delay_seconds_sum{service="inventory",source="storefront"} 0.2');
    expect(figures).toContain('retail_rebuilds_total{service="inventory",view="availability",outcome="same"} 1');
    expect(figures).toContain('retail_batch_commands_sum{service="inventory"} 3');
    expect(figures).toContain('retail_careful_appends_total{service="inventory"} 1');
  });

  it('logs a fault that goes on once, not a hundred times', async () => {
    const [{ observer }] = await surroundings();
    const gone = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    for (let n = 0; n < 100; n++) observer.failed('inventory', 'The relay cannot send', gone);
    observer.failed('storefront', 'The relay cannot send', new Error('else'));
    expect(log.map((line) => (JSON.parse(line) as { service: string }).service)).toEqual(['inventory', 'storefront']);
    expect(JSON.parse(log[0]!)).toMatchObject({
      msg: 'The relay cannot send',
      remedy: expect.stringContaining('Bring back') as string,
    });
  });

  it('tells of events that were lost on the way or parked', async () => {
    const [{ observer }] = await surroundings();
    observer.hole('inventory', 'storefront', 3, 2);
    observer.parked('inventory', 'availability', 'broken');
    expect(log.map((line) => JSON.parse(line) as object)).toMatchObject([
      { service: 'inventory', source: 'storefront', lane: 3, missing: 2 },
      { service: 'inventory', consumer: 'availability', remedy: expect.stringContaining('parked retry') as string },
    ]);
  });
});

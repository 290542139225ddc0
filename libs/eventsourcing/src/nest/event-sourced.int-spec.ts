import { Global, Module } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Column, Entity, PrimaryColumn, type EntityManager, type MigrationInterface, type QueryRunner } from 'typeorm';
import { KafkaClient } from '../feed/kafka-client';
import { describeWithKafka, testBrokers } from '../testing/kafka';
import { TestOptions } from '../testing/options';
import { openTestPool, testDatabaseUrl } from '../testing/postgres';
import { processOf, Refusal, viewOf, type Aggregate, type Decide } from '../vocabulary';
import { answers, handles } from './bindings';
import { dispatch } from './command-context';
import { eventSourced } from './event-sourced';
import { EventSourcingOptions } from './options';

// A kitchen that brews what is ordered, and a bar that orders and serves it.
interface BarEvents {
  DrinkOrdered: { drink: string };
  DrinkServed: { drink: string };
}
interface KitchenEvents {
  DrinkBrewed: { order: string; drink: string };
}
interface Order {
  drink?: string;
  served: boolean;
}
const order: Aggregate<Order, BarEvents> = {
  category: 'order',
  initial: { served: false },
  evolve: { DrinkOrdered: (state, { drink }) => ({ ...state, drink }), DrinkServed: (state) => ({ ...state, served: true }) },
};
const brew: Aggregate<{ done: boolean }, KitchenEvents> = {
  category: 'brew',
  initial: { done: false },
  evolve: { DrinkBrewed: () => ({ done: true }) },
};
class OrderDrink {
  order!: string;
  drink!: string;
}
const orderDrink: Decide<OrderDrink, Order, BarEvents> = ({ drink }) => {
  if (drink === 'lava') throw new Refusal('undrinkable', 'Lava is too hot.', 'Order tea.');
  return [{ type: 'DrinkOrdered', data: { drink } }];
};
class ServeDrink {
  order!: string;
}
const serveDrink: Decide<ServeDrink, Order, BarEvents> = (_command, { drink = '' }) => [{ type: 'DrinkServed', data: { drink } }];
class BrewDrink {
  order!: string;
  drink!: string;
}
const brewDrink: Decide<BrewDrink, { done: boolean }, KitchenEvents> = ({ order: of, drink }) => [
  { type: 'DrinkBrewed', data: { order: of, drink } },
];

@Entity({ schema: 'bar', name: 'served' })
class Served {
  @PrimaryColumn('text') drink!: string;
  @Column('int') cups!: number;
}
const served = viewOf<BarEvents>()({
  name: 'served',
  row: Served,
  sources: ['bar'],
  on: { DrinkServed: ({ data: { drink } }) => [{ key: { drink }, change: (row) => ({ drink, cups: (row?.cups ?? 0) + 1 }) }] },
});
class FindServed {}
const findServed = async (_query: FindServed, db: EntityManager): Promise<[string, number][]> =>
  (await db.getRepository(Served).find({ order: { drink: 'ASC' } })).map(({ drink, cups }) => [drink, cups]);
class CreateServed1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE "bar"."served" (drink text PRIMARY KEY, cups int NOT NULL)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "bar"."served"');
  }
}

const kitchenWork = processOf<BarEvents>()({
  name: 'brew-orders',
  sources: ['bar'],
  on: {
    DrinkOrdered: ({ stream, data }) => [
      Object.assign(new BrewDrink(), { order: stream.slice('order:'.length), drink: data.drink }),
    ],
  },
});
const barWork = processOf<KitchenEvents>()({
  name: 'serve-brews',
  sources: ['kitchen'],
  on: { DrinkBrewed: ({ data }) => [Object.assign(new ServeDrink(), { order: data.order })] },
});

@Module(
  eventSourced({
    service: 'bar',
    migrations: [CreateServed1700000000000],
    commands: [handles(order, OrderDrink, orderDrink, (c) => c.order), handles(order, ServeDrink, serveDrink, (c) => c.order)],
    views: [served],
    processes: [barWork],
    queries: [answers(FindServed, findServed)],
  }),
)
class BarModule {}

@Module(
  eventSourced({ service: 'kitchen', commands: [handles(brew, BrewDrink, brewDrink, (c) => c.order)], processes: [kitchenWork] }),
)
class KitchenModule {}

async function open(options: TestOptions): Promise<NestFastifyApplication> {
  @Global()
  @Module({ providers: [{ provide: EventSourcingOptions, useValue: options }], exports: [EventSourcingOptions] })
  class OptionsModule {}
  const testing = await Test.createTestingModule({ imports: [OptionsModule, BarModule, KitchenModule] }).compile();
  const app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter({ forceCloseConnections: true }), {
    logger: false,
  });
  await app.listen(0, '127.0.0.1');
  return app;
}

function story(bus: 'kafka' | 'postgres'): void {
  let app: NestFastifyApplication;
  let options: TestOptions;
  const url = (): string => `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;

  beforeAll(async () => {
    const pool = openTestPool(1);
    await pool.query('DROP SCHEMA IF EXISTS bar CASCADE');
    await pool.query('DROP SCHEMA IF EXISTS kitchen CASCADE');
    await pool.end();
    options = new TestOptions(testDatabaseUrl(), bus, testBrokers(), () => url());
    Object.assign(options, { namespace: `test-${randomUUID()}` });
    app = await open(options);
  });
  afterAll(() => app.close());

  const request = (): { commandId: string; by: string; now: string } => ({
    commandId: randomUUID(),
    by: 'guest',
    now: '2026-01-02T03:04:05.000Z',
  });
  const orderOf = (drink: string): Promise<unknown> =>
    dispatch(app.get(CommandBus), Object.assign(new OrderDrink(), { order: randomUUID(), drink }), request());
  const servedNow = (): Promise<[string, number][]> => app.get(QueryBus).execute(new FindServed());
  async function until(expected: [string, number][]): Promise<void> {
    for (const deadline = Date.now() + 15_000; JSON.stringify(await servedNow()) !== JSON.stringify(expected);) {
      if (Date.now() > deadline) throw new Error(`Served ${JSON.stringify(await servedNow())}; ${options.faults.join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it('carries every order through two services and back into a view, once', async () => {
    await Promise.all([
      ...Array.from({ length: 60 }, () => orderOf('tea')),
      ...Array.from({ length: 40 }, () => orderOf('coffee')),
    ]);
    await until([
      ['coffee', 40],
      ['tea', 60],
    ]);
  });

  it('tells the caller why not', async () => {
    await expect(orderOf('lava')).rejects.toMatchObject({ code: 'undrinkable' });
  });

  it('goes on where it was after a restart', async () => {
    await app.close();
    app = await open(options);
    await orderOf('water');
    await until([
      ['coffee', 40],
      ['tea', 60],
      ['water', 1],
    ]);
  });

  it('shows its log as CloudEvents, dense per lane, and says where it ends', async () => {
    const { heads } = (await (await fetch(`${url()}/bar/events/heads`)).json()) as {
      heads: { lane: number; position: number }[];
    };
    expect(heads.reduce((sum, { position }) => sum + position, 0)).toBe(202);
    for (const { lane, position } of heads) {
      const page = (await (await fetch(`${url()}/bar/events?lane=${lane}&after=0`)).json()) as {
        events: Record<string, unknown>[];
        next: number;
      };
      expect(page.events.map((event) => event['position'])).toEqual(Array.from({ length: position }, (_, n) => n + 1));
      expect(page.next).toBe(position);
      if (position > 0)
        expect(page.events[0]).toMatchObject({ specversion: '1.0', source: '/bar', lane, datacontenttype: 'application/json' });
    }
  });

  it('lets a reader wait for a position', async () => {
    const outcome = (await orderOf('milk')) as { position: string };
    const bar = options.handles.filter(({ service }) => service === 'kitchen').at(-1);
    expect(await bar?.reached(outcome.position, 5000)).toBe(true);
    expect(await bar?.reached('bar:0=999999', 30)).toBe(false);
  });

  it('had nothing to complain about', () => {
    expect(options.faults).toEqual([]);
  });
}

describeWithKafka('a log that meets the topic of another log', () => {
  it('does not start, and says what to do', async () => {
    const namespace = `test-${randomUUID()}`;
    const client = new KafkaClient({ brokers: testBrokers(), clientId: 'stranger', log: () => undefined });
    await client.ensureTopics([`${namespace}.kitchen.v1`], 8);
    await client.publish(`${namespace}.kitchen.v1`, [{ lane: 0, messages: [{ key: 'brew:1', value: '{}' }] }]);
    await expect(client.assertOurs(`${namespace}.kitchen.v1`, [0, 0, 0, 0, 0, 0, 0, 0])).rejects.toThrow('events of another log');
    await client.assertOurs(`${namespace}.kitchen.v1`, [1, 0, 0, 0, 0, 0, 0, 0]);
    await client.stop();
  });
});

describe('two services that share events through their logs', () => story('postgres'));
describeWithKafka('two services that share events through Kafka', () => story('kafka'));

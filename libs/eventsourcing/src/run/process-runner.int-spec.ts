import type { Pool } from 'pg';
import { Checkpoints } from '../store/checkpoints';
import { migrate, schemaOf } from '../store/migrate';
import { Parked } from '../store/parked';
import { Timers } from '../store/timers';
import { openTestPool } from '../testing/postgres';
import { recorded } from '../testing/recorded';
import { forget, later, processOf, Refusal, type RecordedEvent } from '../vocabulary';
import type { CommandBinding, CommandRequest } from './command';
import { CommandTypes } from './command-types';
import { LazyCheckpoints } from './lazy-checkpoints';
import { ProcessRunner } from './process-runner';
import { Reactions } from './reactions';
import type { Slice } from './slice';
import { Watermarks } from './watermarks';

interface KitchenEvents {
  DrinkOrdered: { drink: string };
  TeaSteeping: { until: string };
  TeaStrained: object;
}
class Brew {
  drink!: string;
}
const brewing = processOf<KitchenEvents>()({
  name: 'brewing',
  sources: ['bar'],
  on: {
    DrinkOrdered: ({ data }) => [Object.assign(new Brew(), data)],
    TeaSteeping: ({ stream, data: { until } }) => [later(stream, until, Object.assign(new Brew(), { drink: 'strained tea' }))],
    TeaStrained: ({ stream }) => [forget(stream)],
  },
});
const types = new CommandTypes([{ command: Brew } as unknown as CommandBinding]);
const schema = schemaOf('brewery');
const ordered = (position: number, drink: string, stream = `order:${position}`): RecordedEvent =>
  recorded('bar', stream, 'DrinkOrdered', { drink }, { lane: 2, position });
const slice = (after: number, ...events: RecordedEvent[]): Slice => ({
  source: 'bar',
  lane: 2,
  after,
  through: events.at(-1)?.position ?? after,
  events,
  absorbed: 0,
});

describe('running a process', () => {
  let pool: Pool;
  let sent: { drink: string; request: CommandRequest }[];
  const poison: string[] = [];
  let changed: string[];
  let lazy: LazyCheckpoints;

  async function newRunner(dispatch?: (command: Brew) => Promise<void>): Promise<ProcessRunner> {
    const checkpoints = new Checkpoints(pool, schema);
    const parked = new Parked(pool, schema);
    const watermarks = new Watermarks(checkpoints, [brewing], 8, parked);
    await watermarks.load();
    lazy = new LazyCheckpoints(checkpoints, watermarks, (error) => {
      throw error;
    });
    const send = async (command: object, request: CommandRequest): Promise<void> => {
      await dispatch?.(command as Brew);
      sent.push({ drink: (command as Brew).drink, request });
    };
    return new ProcessRunner({
      processes: [brewing],
      checkpoints: lazy,
      watermarks,
      parked,
      timers: new Timers(pool, schema, 8),
      reactions: new Reactions(send, types),
      onPoison: (consumer, error) => void poison.push(`${consumer}: ${error}`),
      onTimers: (changes) => void changed.push(...changes.map(({ key }) => key)),
    });
  }
  const position = async (): Promise<number | undefined> => {
    await lazy.flush();
    return (await new Checkpoints(pool, schema).list()).find(({ lane }) => lane === 2)?.position;
  };

  beforeAll(() => {
    pool = openTestPool();
  });
  afterAll(() => pool.end());
  beforeEach(async () => {
    sent = [];
    changed = [];
    poison.length = 0;
    await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await migrate(pool, 'brewery', { log: false, lanes: 8 });
  });

  it('answers events with commands that happen when their cause did', async () => {
    const event = ordered(1, 'tea');
    await (await newRunner()).deliver(slice(0, event));
    expect(sent).toMatchObject([{ drink: 'tea', request: { by: 'process:brewing', now: event.happenedAt } }]);
    expect(await position()).toBe(1);
  });

  it('sends the same command id when the same event comes again after a crash', async () => {
    await (await newRunner()).deliver(slice(0, ordered(1, 'tea')));
    await pool.query(`UPDATE ${schema}.checkpoint SET position = 0`);
    await (await newRunner()).deliver(slice(0, ordered(1, 'tea')));
    expect(sent).toHaveLength(2);
    expect(sent[1]?.request.commandId).toBe(sent[0]?.request.commandId);
  });

  it('answers one stream in order, and does not let it hold up another', async () => {
    const gate: { open?: () => void } = {};
    const runner = await newRunner(({ drink }) =>
      drink === 'slow' ? new Promise((open) => (gate.open = open)) : Promise.resolve(),
    );
    const done = runner.deliver(
      slice(0, ordered(1, 'slow', 'order:a'), ordered(2, 'tea', 'order:a'), ordered(3, 'milk', 'order:b')),
    );
    while (sent.length === 0) await new Promise(setImmediate);
    expect(sent.map(({ drink }) => drink)).toEqual(['milk']);
    gate.open?.();
    await done;
    expect(sent.map(({ drink }) => drink)).toEqual(['milk', 'slow', 'tea']);
  });

  it('parks an event whose command is refused, and what follows in its stream; the checkpoint moves on', async () => {
    const runner = await newRunner(({ drink }) =>
      drink === 'lava' ? Promise.reject(new Refusal('undrinkable', 'Lava is too hot.', 'Order tea.')) : Promise.resolve(),
    );
    await runner.deliver(slice(0, ordered(1, 'lava', 'order:a'), ordered(2, 'tea', 'order:a'), ordered(3, 'milk', 'order:b')));
    expect(sent.map(({ drink }) => drink)).toEqual(['milk']);
    expect(poison).toEqual([expect.stringContaining('undrinkable')]);
    expect(await parkedNow()).toEqual([
      { position: 1, type: 'DrinkOrdered', error: expect.stringContaining('Lava is too hot') as string, attempts: 1 },
      { position: 2, type: 'DrinkOrdered', error: null, attempts: 0 },
    ]);
    expect(await position()).toBe(3);
  });

  it('yields to another owner who was faster', async () => {
    const [one, other] = [await newRunner(), await newRunner()];
    await one.deliver(slice(0, ordered(1, 'tea')));
    await pool.query(`UPDATE ${schema}.checkpoint SET position = 1 WHERE lane = 2`);
    await other.deliver(slice(0, ordered(1, 'tea')));
    await lazy.flush();
    await other.deliver(slice(1, ordered(2, 'milk')));
    expect(await position()).toBe(2);
    expect(new Set(sent.map(({ request }) => request.commandId)).size).toBe(2);
  });

  it('tries three times before it parks: what is missing for a moment is no poison', async () => {
    let tries = 0;
    const flaky = await newRunner(() => (++tries < 3 ? Promise.reject(new Error('no water yet')) : Promise.resolve()));
    await flaky.deliver(slice(0, ordered(1, 'tea')));
    expect([tries, sent.length, poison.length]).toEqual([3, 1, 0]);
  });

  it('does not answer out of turn what another instance has parked', async () => {
    const lava = (): Promise<void> => Promise.reject(new Error('lava'));
    const [one, other] = [await newRunner(lava), await newRunner()];
    const otherLazy = lazy;
    await one.deliver(slice(0, ordered(1, 'lava', 'order:a')));
    await pool.query(`UPDATE ${schema}.checkpoint SET position = 1 WHERE lane = 2`);
    // Whoever takes a lane over learns where the other one was, and with it what waits.
    otherLazy.note({ consumer: 'brewing', source: 'bar', lane: 2, from: 0, to: 0, absorbed: 0 });
    await otherLazy.flush();
    await other.deliver(slice(1, ordered(2, 'tea', 'order:a'), ordered(3, 'milk', 'order:b')));
    expect(sent.map(({ drink }) => drink)).toEqual(['milk']);
  });

  it('lets a stream flow again as soon as somebody, anywhere, has seen to what was parked', async () => {
    let broken = true;
    const runner = await newRunner(() => (broken ? Promise.reject(new Error('no cups')) : Promise.resolve()));
    await runner.deliver(slice(0, ordered(1, 'tea', 'order:a')));
    broken = false;
    await pool.query(`DELETE FROM ${schema}.parked`);
    await runner.deliver(slice(1, ordered(2, 'milk', 'order:a')));
    expect(sent.map(({ drink }) => drink)).toEqual(['milk']);
    expect(await parkedNow()).toEqual([]);
  });

  const steeping = (position: number, until = '2030-01-01T00:00:00.000Z'): RecordedEvent =>
    recorded('bar', 'pot:1', 'TeaSteeping', { until }, { lane: 2, position });
  const strained = (position: number): RecordedEvent => recorded('bar', 'pot:1', 'TeaStrained', {}, { lane: 2, position });

  it('sets a timer and moves the checkpoint in one step', async () => {
    await (await newRunner()).deliver(slice(0, ordered(1, 'milk'), steeping(2)));
    expect(await timers()).toEqual([{ key: 'pot:1', command: 'Brew', data: { drink: 'strained tea' }, attempts: 0 }]);
    expect(changed).toEqual(['pot:1']);
    expect((await new Checkpoints(pool, schema).list()).find(({ lane }) => lane === 2)?.position).toBe(2);
  });

  it('does not bring a timer back that was called off, when the event that set it comes again', async () => {
    const [one, other] = [await newRunner(), await newRunner()];
    await one.deliver(slice(0, steeping(1), strained(2)));
    expect(await timers()).toEqual([]);
    await other.deliver(slice(0, steeping(1)));
    expect(await timers()).toEqual([]);
  });

  it('sets a timer anew when asked again under the same key', async () => {
    await (await newRunner()).deliver(slice(0, steeping(1), strained(2), steeping(3, '2031-01-01T00:00:00.000Z'), steeping(4)));
    const found = await pool.query(`SELECT due_at FROM ${schema}.timer`);
    expect(found.rows).toEqual([{ due_at: '2030-01-01T00:00:00.000Z' }]);
  });

  it('parks an event that asks for a command at no time', async () => {
    await (await newRunner()).deliver(slice(0, steeping(1, 'soon')));
    expect(poison).toEqual([expect.stringContaining('"soon", which is no time')]);
  });

  async function parkedNow(): Promise<unknown[]> {
    return (await pool.query<object>(`SELECT position, type, error, attempts FROM ${schema}.parked ORDER BY position`)).rows;
  }
  async function timers(): Promise<unknown[]> {
    return (await pool.query<object>(`SELECT key, command, data, attempts FROM ${schema}.timer ORDER BY key`)).rows;
  }
});

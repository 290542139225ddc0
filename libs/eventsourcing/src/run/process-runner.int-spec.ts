import type { Pool } from 'pg';
import { Checkpoints } from '../store/checkpoints';
import { migrate, schemaOf } from '../store/migrate';
import { Parked } from '../store/parked';
import { openTestPool } from '../testing/postgres';
import { recorded } from '../testing/recorded';
import { processOf, Refusal, type RecordedEvent } from '../vocabulary';
import type { CommandRequest } from './command';
import { LazyCheckpoints } from './lazy-checkpoints';
import { ProcessRunner } from './process-runner';
import type { Slice } from './slice';
import { Watermarks } from './watermarks';

interface KitchenEvents {
  DrinkOrdered: { drink: string };
}
class Brew {
  drink!: string;
}
const brewing = processOf<KitchenEvents>()({
  name: 'brewing',
  sources: ['bar'],
  on: { DrinkOrdered: ({ data }) => [Object.assign(new Brew(), data)] },
});
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
  let lazy: LazyCheckpoints;

  async function newRunner(dispatch?: (command: Brew) => Promise<void>): Promise<ProcessRunner> {
    const checkpoints = new Checkpoints(pool, schema);
    const watermarks = new Watermarks(checkpoints, [brewing], 8);
    await watermarks.load();
    lazy = new LazyCheckpoints(checkpoints, watermarks, (error) => {
      throw error;
    });
    return new ProcessRunner({
      pool,
      processes: [brewing],
      checkpoints: lazy,
      watermarks,
      parked: new Parked(pool, schema),
      dispatch: async (command, request) => {
        await dispatch?.(command as Brew);
        sent.push({ drink: (command as Brew).drink, request });
      },
      onPoison: (consumer, error) => void poison.push(`${consumer}: ${error}`),
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
    expect(poison).toHaveLength(2);
    expect(poison[0]).toContain('undrinkable');
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
});

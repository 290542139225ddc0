import type { Pool } from 'pg';
import { Leases } from '../store/leases';
import { migrate, schemaOf } from '../store/migrate';
import { Timers, type TimerChange } from '../store/timers';
import { inTransaction } from '../store/transaction';
import { openTestPool } from '../testing/postgres';
import { Refusal } from '../vocabulary';
import type { CommandBinding, CommandRequest } from './command';
import { CommandTypes } from './command-types';
import { derivedId } from './derived-id';
import { TimerRunner } from './timer-runner';

class PourTea {
  pot!: string;
  cups?: number;
  describe(): string {
    return `${this.cups ?? 1} of ${this.pot}`;
  }
}
const types = new CommandTypes([{ command: PourTea } as unknown as CommandBinding]);
const schema = schemaOf('teapots');

describe('timers', () => {
  let pool: Pool;
  let timers: Timers;
  let running: TimerRunner[] = [];
  let poured: { what: string; request: CommandRequest }[] = [];
  let told: string[] = [];

  /** An instance of the service; `pour` is what its rule makes of the command. */
  async function start(
    owner: string,
    pour: () => Promise<unknown> = () => Promise.resolve(),
    ready = Promise.resolve(),
  ): Promise<TimerRunner> {
    const runner = new TimerRunner({
      timers,
      leases: new Leases(pool, schema, { name: 'timers', owner, lanes: 8, ttlMs: 600 }),
      types,
      dispatch: async (command, request) => {
        await pour();
        poured.push({ what: (command as PourTea).describe(), request });
      },
      ready: () => ready,
      onRefused: (process, what, { code }) => void told.push(`${process} ${what}: ${code}`),
      onPoison: (process, error) => void told.push(`${process} ${error}`),
      onError: (error) => void told.push(String(error)),
    });
    running.push(runner);
    await runner.start();
    return runner;
  }
  const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();
  const set = (pot: string, dueAt: string): TimerChange => ({
    ...{ process: 'pouring', key: pot, position: 1 },
    set: { id: derivedId(`${pot}/${dueAt}`), dueAt, command: 'PourTea', data: JSON.stringify({ pot, cups: 2 }) },
  });
  async function given(...changes: TimerChange[]): Promise<void> {
    await inTransaction(pool, undefined, (client) => timers.write(client, changes));
    for (const runner of running) runner.expect(changes);
  }
  const left = async (): Promise<unknown[]> =>
    (await pool.query<object>(`SELECT key, attempts, error, parked_at IS NOT NULL AS parked FROM ${schema}.timer ORDER BY key`))
      .rows;
  async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
    for (const deadline = performance.now() + 10_000; !(await holds());) {
      if (performance.now() > deadline)
        throw new Error(`Waited in vain: ${JSON.stringify({ poured, told, left: await left() })}`);
      await new Promise(setImmediate);
    }
  }
  const untilNoneIsLeft = (): Promise<void> => until(async () => (await left()).length === 0);

  beforeAll(() => {
    pool = openTestPool();
    timers = new Timers(pool, schema, 8);
  });
  afterAll(() => pool.end());
  beforeEach(async () => {
    [running, poured, told] = [[], [], []];
    await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await migrate(pool, 'teapots', { log: false, lanes: 8 });
  });
  afterEach(() => Promise.all(running.map((runner) => runner.stop())));

  it('fire commands of their class when their time has come, in business time at that time', async () => {
    const dueAt = inMs(300);
    await start('one');
    await given(set('green', dueAt));
    await untilNoneIsLeft();
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(dueAt));
    const request = { commandId: derivedId(`green/${dueAt}`), by: 'process:pouring', now: dueAt };
    expect(poured).toEqual([{ what: '2 of green', request }]);
  });

  it('that fell due while nobody was there fire at the start, after the processes have read what came meanwhile', async () => {
    await given(set('green', inMs(-60_000)), set('black', inMs(-60_000)));
    const gate: { open?: () => void } = {};
    await start('one', undefined, new Promise((open) => (gate.open = open)));
    await given({ process: 'pouring', key: 'black', position: 2 });
    gate.open?.();
    await untilNoneIsLeft();
    expect(poured.map(({ what }) => what)).toEqual(['2 of green']);
  });

  it('are counted as due from their time until their command is carried out', async () => {
    await given(set('green', inMs(-1)), set('black', inMs(-1)), set('white', inMs(60_000)));
    expect(await timers.counts()).toEqual({ due: 2, parked: 0 });
    await start('one');
    await until(() => poured.length === 2);
    await until(async () => (await timers.counts()).due === 0);
    expect(await left()).toMatchObject([{ key: 'white' }]);
  });

  it('fire once with two instances, also those of an instance that is gone', async () => {
    const one = await start('one');
    await start('other');
    const pots = Array.from({ length: 300 }, (_, n) => `pot ${n}`);
    await given(...pots.map((pot) => set(pot, inMs(-1))));
    await untilNoneIsLeft();
    await one.stop();
    await given(set('late', inMs(-1)));
    await untilNoneIsLeft();
    expect(poured.map(({ what }) => what).sort()).toEqual([...pots, 'late'].map((pot) => `2 of ${pot}`).sort());
  });

  it.each(['1999-01-01T00:00:00Z', '2099-01-01T00:00:00Z'])(
    'go by the clock of the database, even where it is taken for %s',
    async (wrong) => {
      const [green, black] = [set('green', inMs(3_600_000)), set('black', inMs(500))];
      const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.parse(wrong));
      await start('one');
      await given(green, black);
      await until(async () => (await left()).length === 1).finally(() => clock.mockRestore());
      expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(black.set!.dueAt));
      expect(poured.map(({ what }) => what)).toEqual(['2 of black']);
    },
  );

  it('set anew while they fire fire again at the new time', async () => {
    const gate: { open?: () => void } = {};
    let calls = 0;
    await start('one', () => (calls++ === 0 ? new Promise((open) => (gate.open = () => open(undefined))) : Promise.resolve()));
    await given(set('green', inMs(-1)));
    await until(() => calls === 1);
    await given(set('green', inMs(-60_000)));
    gate.open?.();
    await untilNoneIsLeft();
    expect(new Set(poured.map(({ request }) => request.commandId)).size).toBe(2);
  });

  it('that a rule refuses are over, and said to be', async () => {
    await start('one', () => Promise.reject(new Refusal('pot-empty', 'There is no tea.', 'Make some.')));
    const dueAt = inMs(-1);
    await given(set('green', dueAt));
    await untilNoneIsLeft();
    expect([poured, told]).toEqual([[], [`pouring timer green, PourTea due ${dueAt}: pot-empty`]]);
  });

  it('wait for a database that is away, without being counted as failed', async () => {
    let away = true;
    await start('one', () =>
      away ? Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' })) : Promise.resolve(),
    );
    await given(set('green', inMs(-1)));
    await until(() => told.length > 0);
    expect(await left()).toMatchObject([{ attempts: 0, error: null }]);
    away = false;
    await untilNoneIsLeft();
    expect(poured).toHaveLength(1);
  });

  it('that keep failing are tried a few times, ever more seldom, and then parked for an operator', async () => {
    await start('one', () => Promise.reject(new Error('broken')));
    await given(set('green', inMs(-1)));
    for (let attempts = 1; attempts <= 4; attempts++) {
      await until(async () => ((await left())[0] as { attempts: number }).attempts === attempts);
      await pool.query(`UPDATE ${schema}.timer SET try_at = now()`);
    }
    expect(await left()).toEqual([{ key: 'green', attempts: 4, error: 'Error: broken', parked: true }]);
    expect(await timers.counts()).toEqual({ due: 0, parked: 1 });
    expect(told).toEqual([expect.stringContaining('timer green, PourTea due')]);
  });

  it('of a command that the service handles no longer are parked as well', async () => {
    const [change] = [set('green', inMs(-1))];
    await given({ ...change, set: { ...change.set!, command: 'PourCoffee' } });
    await start('one');
    await until(async () => ((await left())[0] as { error: string | null }).error !== null);
    expect(await left()).toMatchObject([{ error: expect.stringContaining('no command of the name PourCoffee') as string }]);
  });
});

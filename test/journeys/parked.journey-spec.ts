import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import type { Command } from '../../tools/retail/command';
import { lagCommand } from '../../tools/retail/lag/lag';
import type { Backlog } from '../../tools/retail/lag/read-lag';
import { parkedCommand } from '../../tools/retail/parked/parked';
import type { Waiting } from '../../tools/retail/parked/parked-api';
import { jsonOf, retail } from '../../tools/retail/testing/scripted-system';
import { World } from './world';

const POISON = 66_600;
const LOOK_MS = 20;

/** What a command answered with, and how it ended. */
type Answer<T> = T & { status: number };

describe('what a view cannot take in', () => {
  let world: World;
  let database: Client;
  const operator = async <T>(command: Command['run'], ...args: string[]): Promise<Answer<T>> => {
    const seen = await retail(command, ...args, '--url', world.system.url, '--json');
    return { ...jsonOf<T>(seen), status: seen.status };
  };
  const list = async (): Promise<Waiting[]> => (await operator<{ parked: Waiting[] }>(parkedCommand, 'list')).parked;
  const inView = async (id: string): Promise<number> =>
    (await world.ask({ method: 'GET', path: `/unified-view/orders/${id}` })).status;

  async function untilParked(): Promise<Waiting> {
    for (;;) {
      const [found] = await list();
      if (found) return found;
      await setTimeout(LOOK_MS);
    }
  }

  /** A table that refuses one total: a fault of ours, which a release mends. */
  const refuse = (): Promise<unknown> =>
    database.query(`ALTER TABLE unified_view.order_book ADD CONSTRAINT no_poison CHECK (total_minor <> ${POISON}) NOT VALID`);
  const mend = (): Promise<unknown> => database.query('ALTER TABLE unified_view.order_book DROP CONSTRAINT no_poison');

  beforeAll(async () => {
    world = await World.open();
    database = new Client({ connectionString: world.system.databaseUrl });
    await database.connect();
    await world.place('dc', 'warehouse');
    await world.product('milk', 500, { dc: 100 });
    await world.product('poison', POISON, { dc: 100 });
    await refuse();
  }, 120_000);
  afterAll(async () => {
    await database.end();
    await world.close();
  }, 60_000);

  it('waits with what follows in its stream, and nothing else does', async () => {
    const bad = await world.order('poison', 1);
    const good = await world.order('milk', 1);
    const waiting = await untilParked();
    expect(waiting).toMatchObject({ service: 'unified-view', kind: 'view', type: 'OrderPlaced', stream: `order:${bad.id}` });
    expect(waiting.error).toContain('no_poison');
    await world.rest();
    expect([await inView(bad.id), await inView(good.id)]).toEqual([404, 200]);
  }, 60_000);

  it('is seen by whoever looks: in the lag and in the health of the process, which is not ill of it', async () => {
    const { service, consumer, source, behind } = await untilParked();
    const { consumers, parked } = await operator<Backlog>(lagCommand);
    const row = consumers.find((one) => one.service === service && one.name === consumer && one.source === source);
    expect([row?.parked, row?.lag]).toEqual([1 + behind, 0]);
    expect(parked.events).toBeGreaterThanOrEqual(1 + behind);
    const health = await world.get<{ status: string; checks: { name: string; ok: boolean; detail: string }[] }>('/health');
    const check = health.checks.find(({ name }) => name === 'unified-view.parked');
    expect([health.status, check?.ok, check?.detail]).toEqual(['ok', true, expect.stringContaining(consumer)]);
  }, 30_000);

  it('fails again as long as the fault is there, which the command says', async () => {
    const { attempts } = await untilParked();
    const again = await operator<{ failed: Waiting[] }>(parkedCommand, 'retry', '--service', 'unified-view');
    expect(again).toMatchObject({ status: 1, ok: false, taken: 0, failed: [{ attempts: attempts + 1 }] });
  }, 30_000);

  it('is taken in, in order, once the fault is mended and it is tried again', async () => {
    const { stream, behind } = await untilParked();
    await mend();
    expect(await operator(parkedCommand, 'retry')).toMatchObject({ status: 0, ok: true, taken: 1 + behind, failed: [] });
    expect(await list()).toEqual([]);
    const id = stream.slice('order:'.length);
    expect(await world.get(`/unified-view/orders/${id}`)).toMatchObject({ status: 'confirmed', totalMinor: POISON });
    await world.expectBooksToHold();
  }, 60_000);

  it('can be given up, which the log says for ever, with who and why', async () => {
    await refuse();
    await world.order('poison', 1);
    const { event, consumer, error } = await untilParked();
    const skip = [parkedCommand, 'skip', '--event', event, '--reason', 'a test order of ours'] as const;
    const given = await operator<{ position: string }>(...skip);
    expect(given).toMatchObject({ status: 0, ok: true, service: 'unified-view', consumer, event });
    const [, lane, at] = /:(\d+)=(\d+)$/.exec(given.position) ?? [];
    const path = `/unified-view/events?lane=${lane}&after=${Number(at) - 1}&limit=1`;
    const { events } = await world.get<{ events: object[] }>(path);
    expect(events).toMatchObject([
      {
        type: expect.stringMatching(/\.ParkedEventSkipped\.v1$/) as string,
        ...{ subject: `consumer:${consumer}`, actor: expect.any(String) as string },
        data: { consumer, event, error, reason: 'a test order of ours' },
      },
    ]);
  }, 60_000);

  it('is not given up twice: who asks again hears what was done', async () => {
    const path = '/unified-view/events/heads';
    const before = await world.get(path);
    const { subject, data } = await lastSkip();
    const named = ['--service', 'unified-view', '--consumer', subject.slice('consumer:'.length)];
    const again = await operator(parkedCommand, 'skip', data.event, '--reason', data.reason, ...named);
    expect(again).toMatchObject({ status: 0, ok: true });
    expect(await world.get(path)).toEqual(before);
    await mend();
  }, 30_000);

  async function lastSkip(): Promise<{ subject: string; data: { event: string; reason: string } }> {
    const { heads } = await world.get<{ heads: { lane: number; position: number }[] }>('/unified-view/events/heads');
    const lane = heads.find(({ position }) => position > 0)?.lane ?? 0;
    const path = `/unified-view/events?lane=${lane}&after=0`;
    const { events } = await world.get<{ events: { subject: string; data: { event: string; reason: string } }[] }>(path);
    const last = events.at(-1);
    if (!last) throw new Error('Nothing was skipped.');
    return last;
  }
});

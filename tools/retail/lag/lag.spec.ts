import { jsonOf, retail, scriptedSystem, type ScriptedSystem } from '../testing/scripted-system';
import { lagCommand } from './lag';
import type { Backlog } from './read-lag';

const NOW = Date.parse('2026-01-02T03:04:05.000Z');

/** Hema has written 10 and 7 events in two lanes; the unified view has read 4 and 7 of them, its relay knows nothing of it. */
function hemaIsAhead({ path }: { path: string }): object {
  if (path === '/hema/events/heads') return { heads: [1, 0].map((lane) => ({ lane, position: lane === 0 ? 10 : 7 })) };
  if (path.endsWith('/heads')) return { heads: [] };
  if (path === '/hema/events?lane=0&after=4&limit=1') return { events: [{ recordedtime: '2026-01-02T03:04:02.500Z' }], next: 5 };
  const consumer = { name: 'order-book', source: 'hema', absorbed: 3 };
  const other = { name: 'customers', source: 'hema', absorbed: 0 };
  const at = [
    { lane: 0, position: 4 },
    { lane: 1, position: 7 },
  ];
  const own = path.startsWith('/unified-view/');
  if (path.endsWith('/consumers')) {
    return { consumers: own ? [...at.map((lane) => ({ ...consumer, ...lane })), { ...other, lane: 0, position: 4 }] : [] };
  }
  const parked = { consumer: 'order-book', kind: 'view', source: 'hema', stream: 'sale:1', event: 'hema-1-6', behind: 2 };
  const timer = { consumer: 'expiry', event: 'x', key: 'k', command: 'Expire', error: 'away', attempts: 4 };
  return { parked: own ? [parked] : [], timers: own ? [timer] : [] };
}

describe('retail lag', () => {
  let system: ScriptedSystem;
  beforeEach(async () => {
    system = await scriptedSystem(hemaIsAhead);
    jest.spyOn(Date, 'now').mockReturnValue(NOW);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await system.stop();
  });

  it('says per consumer and source how many events are unread, since when and in which lanes, what was absorbed and what is parked', async () => {
    const seen = await retail(lagCommand, '--url', system.url, '--json');
    expect(seen.status).toBe(0);
    const { consumers, parked } = jsonOf<Backlog>(seen);
    expect(consumers[0]).toEqual({
      ...{ service: 'unified-view', name: 'order-book', source: 'hema', position: 11, head: 17, lag: 6, seconds: 2.5 },
      ...{ lanes: [{ lane: 0, lag: 6 }], absorbed: 6, parked: 3 },
    });
    expect(consumers[1]).toMatchObject({ name: 'customers', lag: 6, parked: 0 });
    expect(parked).toEqual({ events: 3, timers: 1 });
  });

  it('asks a log once for an event that several have not read', async () => {
    await retail(lagCommand, '--url', system.url, '--json');
    expect(system.heard.filter(({ path }) => path.startsWith('/hema/events?'))).toHaveLength(1);
  });

  it('shows people a table, and where to look when something is parked', async () => {
    const { out } = await retail(lagCommand, '--url', system.url);
    expect(out).toMatch(/unified-view +order-book +hema +11 +17 +6 +2\.5 s +6 +3 +0: 6\n/);
    expect(out).toContain('Parked: events 3, timers 1. What and why: retail parked list');
  });
});

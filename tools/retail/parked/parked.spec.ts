import { jsonOf, retail, scriptedSystem, type Heard, type Script, type ScriptedSystem } from '../testing/scripted-system';
import { parkedCommand } from './parked';

const ORDER = {
  ...{ consumer: 'order-book', kind: 'view', source: 'storefront', stream: 'order:o1', event: 'storefront-3-120' },
  ...{ type: 'OrderPlaced', error: 'the total does not fit', attempts: 2, since: '2026-01-02T03:04:05.678Z', behind: 4 },
};
const TIMER = {
  ...{ consumer: 'expiry', event: '0b0e0b0e-1111-4222-8333-444444444444', key: 'reservation:o1', command: 'ExpireReservation' },
  ...{ dueAt: '2026-01-02T03:00:00.000Z', error: 'away', attempts: 4, since: '2026-01-02T03:04:05.678Z' },
};

/** The unified view has an order parked for its order book, inventory a timer, and nobody else anything. */
const listing: Script = ({ path }) => ({
  parked: path === '/unified-view/parked' ? [ORDER] : [],
  timers: path === '/inventory/parked' ? [TIMER] : [],
});

describe('retail parked', () => {
  let system: ScriptedSystem;
  beforeEach(async () => {
    system = await scriptedSystem(listing);
  });
  afterEach(() => system.stop());
  const parked = (...args: string[]): ReturnType<typeof retail> => retail(parkedCommand, ...args, '--url', system.url);
  const writes = (): Heard[] => system.heard.filter(({ method }) => method === 'POST');

  describe('list', () => {
    it('shows what waits, for whom and why, and ends well', async () => {
      const { status, out } = await parked('list');
      expect(status).toBe(0);
      const [header, ...rows] = out.trimEnd().split('\n');
      expect(header).toMatch(/^service +consumer +kind +event +type +stream +tries +behind +since +error$/);
      expect(rows[0]).toMatch(/^inventory +expiry +timer +0b0e.* +ExpireReservation +reservation:o1 +4 +0 /);
      expect(rows[1]).toMatch(/^unified-view +order-book +view +storefront-3-120 +OrderPlaced +order:o1 +2 +4 .*does not fit$/);
    });

    it('gives programs all of it as one object', async () => {
      const { ok, parked: found } = jsonOf<{ ok: boolean; parked: object[] }>(await parked('list', '--json'));
      expect(ok).toBe(true);
      expect(found).toEqual([
        expect.objectContaining({ service: 'inventory', kind: 'timer', event: TIMER.event, stream: 'reservation:o1', behind: 0 }),
        { service: 'unified-view', ...ORDER },
      ]);
    });

    it.each([
      [['--service', 'inventory'], ['expiry']],
      [['--consumer', 'order-book'], ['order-book']],
      [['--stream', 'order:o1'], ['order-book']],
      [['--consumer', 'expiry', '--stream', 'order:o1'], []],
    ])('shows with %j no more than that', async (which, consumers) => {
      const found = jsonOf<{ parked: { consumer: string }[] }>(await parked('list', ...which, '--json'));
      expect(found.parked.map(({ consumer }) => consumer)).toEqual(consumers);
    });

    it('says so when nothing waits', async () => {
      expect(await parked('list', '--service', 'hema')).toMatchObject({ status: 0, out: 'Nothing is parked.\n' });
    });
  });

  describe('retry', () => {
    it('asks every service until it has no more, and adds up what was taken in', async () => {
      let calls = 0;
      system.script = ({ path }) => {
        const more = path === '/hema/parked/retry' && ++calls === 1;
        return { taken: path === '/hema/parked/retry' ? 1000 : 0, timers: 0, failed: [], more };
      };
      const seen = await parked('retry', '--json');
      expect([seen.status, jsonOf(seen)]).toEqual([0, { ok: true, taken: 2000, timers: 0, failed: [] }]);
      expect(new Set(writes().map(({ key }) => key)).size).toBe(8);
    });

    it('hands on which consumer and stream are meant', async () => {
      system.script = () => ({ taken: 1, timers: 0, failed: [], more: false });
      await parked('retry', '--service', 'hema', '--consumer', 'sales', '--stream', 'sale:1');
      expect(writes()).toMatchObject([{ path: '/hema/parked/retry', body: { consumer: 'sales', stream: 'sale:1' } }]);
    });

    it('ends with 1 when something waits still, and shows it', async () => {
      system.script = ({ path }) => ({
        ...{ taken: 0, timers: 0, more: false },
        failed: path === '/unified-view/parked/retry' ? [ORDER] : [],
      });
      const { status, out } = await parked('retry');
      expect(status).toBe(1);
      expect(out).toContain('the total does not fit');
      expect(jsonOf(await parked('retry', '--json'))).toMatchObject({
        ok: false,
        failed: [{ service: 'unified-view', ...ORDER }],
      });
    });
  });

  describe('skip', () => {
    const skipping: Script = (heard) =>
      heard.method === 'GET' ? listing(heard) : { ...(heard.body as object), position: 'unified-view:3=1' };

    it('finds for whom the event is parked, and gives it up there with the reason', async () => {
      system.script = skipping;
      const seen = await parked('skip', '--event', 'storefront-3-120', '--reason', 'a test order', '--json');
      const what = { consumer: 'order-book', event: 'storefront-3-120', reason: 'a test order' };
      expect(jsonOf(seen)).toEqual({ ok: true, service: 'unified-view', ...what, position: 'unified-view:3=1' });
      expect(writes()).toMatchObject([{ path: '/unified-view/parked/skip', body: what }]);
    });

    it('takes the event as its word, too, and a timer by its id', async () => {
      system.script = skipping;
      const { status, err } = await parked('skip', TIMER.event, '--reason', 'paid by phone');
      expect([status, err]).toEqual([0, expect.stringContaining('is given up for expiry of inventory')]);
    });

    it('is the same request when it is sent again, and another one for another reason', async () => {
      system.script = skipping;
      for (const reason of ['a test', 'a test', 'another']) await parked('skip', 'storefront-3-120', '--reason', reason);
      const [first, again, other] = writes().map(({ key }) => key);
      expect([again === first, other === first]).toEqual([true, false]);
    });

    it('says what the service says when it says no, with code and remedy', async () => {
      const problem = {
        status: 409,
        code: 'not-first-of-stream',
        detail: 'It waits behind another.',
        remedy: 'Skip that first.',
      };
      system.script = () => problem;
      const seen = await parked(
        ...'skip storefront-3-121 --service unified-view --consumer order-book --reason x --json'.split(' '),
      );
      expect(seen.status).toBe(1);
      expect(jsonOf(seen)).toEqual({ ok: false, code: problem.code, detail: problem.detail, remedy: problem.remedy });
      expect(seen.err).toContain('Skip that first.');
    });

    it('asks which consumer is meant when there are several', async () => {
      system.script = () => ({ parked: [ORDER], timers: [] });
      const { status, err } = await parked('skip', 'storefront-3-120', '--reason', 'x');
      expect([status, err]).toEqual([2, expect.stringContaining('order-book of storefront, order-book of hema')]);
      expect(writes()).toEqual([]);
    });
  });

  it.each([
    [[]],
    [['drop']],
    [['skip', 'storefront-3-120']],
    [['skip', '--reason', 'x']],
    [['skip', 'storefront-9-9', '--reason', 'x']],
    [['list', '--service', 'storefrnot']],
    [['list', '--loud']],
  ])('does nothing when it is told %j, and says so with status 2', async (args) => {
    const seen = await parked(...args, '--json');
    expect(seen.status).toBe(2);
    expect(jsonOf(seen)).toMatchObject({ ok: false, code: 'usage' });
    expect(writes()).toEqual([]);
  });
});

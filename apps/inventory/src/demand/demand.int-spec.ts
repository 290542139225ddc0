import { randomUUID } from 'node:crypto';
import { CommandBus } from '@nestjs/cqrs';
import { dispatch } from '#libs/eventsourcing';
import { run, type Reply, type Running } from '../../../../test/setup/services';
import { InventoryModule } from '../inventory.module';
import { SellAtCounter } from '../stock/sell-at-counter';
import { dayAt, numberOf, weekdayOf } from './business-day';

const MONDAY = numberOf('2026-03-02');
const SATURDAY = 5;
const LAST = dayAt(MONDAY + 27);

interface Closed {
  recorded: { area: string; day: string }[];
  more: boolean;
  position: string;
}

describe('demand', () => {
  let inventory: Running;
  beforeAll(async () => {
    inventory = await run(InventoryModule);
    const place = { latitude: 30.3, longitude: 120.2 };
    await inventory.call('PUT', '/inventory/locations/dc', { ...place, name: 'DC', kind: 'warehouse' });
    await inventory.call('PUT', '/inventory/locations/store', { ...place, latitude: 30.4, name: 'Store', kind: 'store' });
    await receive('dc', 1000);
    await receive('store', 260);
    for (let day = MONDAY; day <= numberOf(LAST); day++) if (weekdayOf(day) !== SATURDAY) await sell(dayAt(day), 10);
  }, 60_000);
  afterAll(() => inventory.stop());

  const receive = (location: string, quantity: number): Promise<Reply<object>> =>
    inventory.call('POST', '/inventory/receipts', { location, lines: [{ sku: 'TEA', quantity }] });
  async function sell(day: string, quantity: number): Promise<void> {
    const sale = Object.assign(new SellAtCounter(), {
      saleId: randomUUID(),
      location: 'store',
      lines: [{ sku: 'TEA', quantity }],
    });
    const request = { commandId: randomUUID(), by: 'till', now: `${day}T10:00:00.000Z` };
    await dispatch(inventory.app.get(CommandBus, { strict: false }), sale, request);
  }
  const close = (day: string): Promise<Reply<Closed>> => inventory.call('POST', `/inventory/demand/days/${day}/close`);
  const read = async <T = object>(path: string, position: string): Promise<T> =>
    (await inventory.call<T>('GET', `/inventory/${path}`, undefined, { 'after-position': position })).body;

  const suggested = (position?: string): Promise<Reply<{ items: { transfers: { make: object }[] }[] }>> => {
    const headers: Record<string, string> = position === undefined ? {} : { 'after-position': position };
    const path = '/inventory/replenishment?serviceLevel=0.98&leadTimeDays=2&reviewDays=7';
    return inventory.call('GET', path, undefined, headers);
  };

  it('is put on record when its days are over, and again when a late sale comes in', async () => {
    const { body: closed } = await close(LAST);
    expect(closed).toMatchObject({ more: false });
    expect(closed.recorded).toHaveLength(24);
    const { position } = closed;
    const tea = await read<{ byArea: { days: object[] }[] }>('demand/TEA', position);
    expect(tea).toMatchObject({ units: 240, byArea: [{ area: 'store', units: 240 }], unmet: { units: 0 } });
    expect(tea.byArea[0]?.days[0]).toEqual({ day: '2026-03-02', units: 10, recorded: true });
    await sell('2026-03-03', 1);
    const corrected = await read<{ byArea: { days: object[] }[] }>(
      'demand/TEA?from=2026-03-03&to=2026-03-03',
      (await close(LAST)).body.position,
    );
    expect(corrected).toMatchObject({ units: 11, byArea: [{ days: [{ day: '2026-03-03', units: 11, recorded: true }] }] });
    expect((await close(LAST)).body).toMatchObject({ recorded: [], more: false });
  });

  it('is forecast by area and day, with none on the day of rest', async () => {
    const { body } = await inventory.call<{ byArea: { days: { units: number }[] }[] }>('GET', '/inventory/forecast/TEA?days=7');
    expect(body).toMatchObject({ sku: 'TEA', through: LAST, byArea: [{ area: 'store', pattern: { class: 'smooth' } }] });
    expect(body.byArea[0]?.days.map(({ units }) => units)).toEqual([10, 10, 10, 10, 10, 0, 10]);
    expect((await inventory.call('GET', '/inventory/forecast/NONE')).body).toMatchObject({ units: 0, byArea: [] });
  });

  it('pulls goods to where they will be asked for', async () => {
    const { body } = await suggested();
    expect(body).toMatchObject({
      items: [
        {
          sku: 'TEA',
          transfers: [{ from: 'dc', to: 'store', distanceKm: 11, reason: expect.stringContaining('reorder point') as string }],
          purchases: [],
        },
      ],
      next: null,
    });
  });

  it('pulls no goods twice: a suggestion that is made a transfer is gone', async () => {
    const [transfer] = (await suggested()).body.items[0]!.transfers;
    const made = await inventory.call<{ position: string }>('POST', '/inventory/transfers', transfer!.make);
    expect(made).toMatchObject({ status: 201, body: { status: 'in-transit', to: 'store' } });
    expect((await suggested(made.body.position)).body).toMatchObject({ items: [] });
  });

  it.each([
    ['GET', 'forecast/TEA?days=0', 'invalid-number'],
    ['GET', 'forecast/TEA?days=1.5', 'invalid-number'],
    ['GET', 'replenishment?serviceLevel=1', 'invalid-number'],
    ['GET', 'replenishment?leadTimeDays=soon', 'invalid-number'],
    ['GET', 'demand/TEA?from=2026-02-30', 'invalid-day'],
    ['POST', 'demand/days/yesterday/close', 'invalid-day'],
    ['POST', 'demand/days/9999-12-31/close', 'day-not-over'],
  ] as const)('answers what it cannot understand: %s %s with %s', async (method, path, code) => {
    expect(await inventory.call(method, `/inventory/${path}`)).toMatchObject({ status: 400, body: { code } });
  });
});

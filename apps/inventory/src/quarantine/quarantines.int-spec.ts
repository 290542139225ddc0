import { run, standIn, type Reply, type Running, type Say } from '../../../../test/setup/services';
import { eventually } from '../../../../tools/local/ports';
import { InventoryModule } from '../inventory.module';

interface Kept {
  id: string;
  code: string;
  status: string;
  lines: object[];
  short: object[];
}

describe('quarantine over HTTP', () => {
  const storefront = standIn('storefront');
  const others = ['hema', 'lingshoutong', 'fulfillment'].map(standIn);
  let inventory: Running;
  let say: Say;

  beforeAll(async () => {
    inventory = await run(storefront.module, ...others.map(({ module }) => module), InventoryModule);
    say = storefront.sayIn(inventory);
    const place = { name: 'dc', kind: 'warehouse', latitude: 30.3, longitude: 120.2 };
    await inventory.call('PUT', '/inventory/locations/dc', place);
    await inventory.call('POST', '/inventory/receipts', { location: 'dc', lines: lines(10) });
  }, 60_000);
  afterAll(() => inventory.stop());

  const lines = (quantity: number) => [{ sku: 'TEA', quantity }];
  const post = (path: string, body: object): Promise<Reply<Kept>> =>
    inventory.call('POST', `/inventory/quarantines${path}`, body);
  const tea = async (): Promise<object> => (await inventory.call<object>('GET', '/inventory/stock/TEA/dc')).body;
  const open = async (): Promise<{ id: string; kept: number }[]> =>
    (await inventory.call<{ items: { id: string; kept: number }[] }>('GET', '/inventory/quarantines?location=dc')).body.items;
  const until = (holds: () => Promise<boolean>, complaint: string): Promise<void> =>
    eventually(holds, { timeoutMs: 10_000, complaint });

  it('keeps goods from sale until somebody releases or scraps them', async () => {
    const put = await post('', { location: 'dc', lines: lines(4), reason: 'wet' });
    expect(put).toMatchObject({ status: 201, body: { status: 'open', lines: [{ sku: 'TEA', quantity: 4, kept: 4 }] } });
    expect(await tea()).toMatchObject({ onHand: 10, quarantined: 4, available: 6 });
    await until(async () => (await open()).some(({ id, kept }) => id === put.body.id && kept === 4), 'it is not listed');
    expect(await post(`/${put.body.id}/release`, { lines: lines(1) })).toMatchObject({ status: 200, body: { status: 'open' } });
    expect(await post(`/${put.body.id}/scrap`, { reason: 'moldy' })).toMatchObject({ status: 200, body: { status: 'closed' } });
    expect(await tea()).toMatchObject({ onHand: 7, quarantined: 0, available: 7 });
    await until(async () => (await open()).length === 0, 'it is still listed');
  });

  it('says what is wrong with what cannot be', async () => {
    expect(await post('', { location: 'dc', lines: lines(8), reason: 'wet' })).toMatchObject({
      status: 409,
      body: { code: 'out-of-stock', short: [{ sku: 'TEA', requested: 8, available: 7, onHand: 7, reserved: 0 }] },
    });
    expect(await post('', { location: 'moon', lines: lines(1), reason: 'wet' })).toMatchObject({ status: 422 });
    expect(await post('', { location: 'dc', lines: lines(1_000_000_000), reason: 'wet' })).toMatchObject({
      status: 400,
      body: { code: 'invalid-request' },
    });
    expect(await post('/none/release', {})).toMatchObject({ status: 404, body: { code: 'unknown-quarantine' } });
    expect(await tea()).toMatchObject({ onHand: 7, quarantined: 0, available: 7 });
  });

  it('takes what customers bring back as it was graded', async () => {
    await say('return:r1', 'ReturnAccepted', {
      ...{ returnId: 'r1', customer: 'c', location: 'dc', reason: 'opened', totals: {} },
      lines: [{ sku: 'TEA', quantity: 5, stocked: true, amountMinor: 0 }],
      grades: [
        { sku: 'TEA', quantity: 2, grade: 'quarantine' },
        { sku: 'TEA', quantity: 1, grade: 'scrap' },
      ],
    });
    await until(async () => (await open()).some(({ id, kept }) => id === 'r1' && kept === 2), 'nothing was put aside');
    expect(await tea()).toMatchObject({ onHand: 11, quarantined: 2, available: 9 });
  });
});

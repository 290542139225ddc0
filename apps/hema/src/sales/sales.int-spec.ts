import { randomUUID } from 'node:crypto';
import { run, standIn, type Reply, type Running, type Say } from '../../../../test/setup/services';
import { HemaModule } from '../hema.module';

interface Document {
  id: string;
  number: number;
  totalMinor: number;
  position: string;
  happenedAt: string;
  code?: string;
}

describe('a till', () => {
  const storefront = standIn('storefront');
  let hema: Running;
  let say: Say;

  beforeAll(async () => {
    hema = await run(storefront.module, HemaModule);
    say = storefront.sayIn(hema);
    const price = { amountMinor: 8800, currency: 'CNY' };
    await say('product:TEA', 'ProductListed', { sku: 'TEA', name: 'Longjing', kind: 'merchandise', price });
    await say('product:A B.c', 'ProductListed', { sku: 'A B.c', name: 'Odd', kind: 'service', price });
    await listed('TEA');
    await listed('A B.c');
  }, 60_000);
  afterAll(() => hema.stop());

  async function listed(sku: string): Promise<void> {
    for (let look = 0; look < 500; look++) {
      const { status } = await hema.call('GET', `/hema/price-list/${encodeURIComponent(sku)}`);
      if (status === 200) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`${sku} never came to the price list.`);
  }

  async function open(): Promise<string> {
    const opening = { store: 'hema-1', till: 'till-1', cashier: 'Li Na', floatMinor: 0, currency: 'CNY' };
    const { body } = await hema.call<{ id: string }>('POST', '/hema/shifts', opening);
    return body.id;
  }

  const sell = (shiftId: string, more: object = {}, key: string = randomUUID()): Promise<Reply<Document>> =>
    hema.call(
      'POST',
      '/hema/sales',
      { shiftId, lines: [{ sku: 'TEA', quantity: 2 }], tender: 'qr', ...more },
      { 'idempotency-key': key },
    );

  it('numbers what is rung up at once without a gap, and each till is answered with its own sale', async () => {
    const shift = await open();
    const sales = await Promise.all(Array.from({ length: 60 }, () => sell(shift)));
    expect(new Set(sales.map(({ status }) => status))).toEqual(new Set([201]));
    expect(sales.map(({ body }) => body.number).sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n + 1));
    for (const { body } of sales.slice(0, 5)) {
      const read = await hema.call<Document>('GET', `/hema/sales/${body.id}`, undefined, { 'after-position': body.position });
      expect(read.body).toMatchObject({ number: body.number, totalMinor: 17_600, happenedAt: body.happenedAt });
    }
    const { body } = await hema.call('GET', `/hema/shifts/${shift}`);
    expect(body).toMatchObject({ status: 'open', documents: 60, takingsMinor: 60 * 17_600 });
    expect(body).not.toHaveProperty('last');
  });

  it('that repeats a request is answered with the first sale, also when others came since', async () => {
    const shift = await open();
    const first = await sell(shift, {}, `key-${shift}`);
    await sell(shift);
    const again = await sell(shift, {}, `key-${shift}`);
    expect(again).toMatchObject({ status: 200, headers: { 'idempotency-replayed': 'true' } });
    expect(again.body).toMatchObject({ id: first.body.id, number: 1, position: first.body.position });
    expect((await sell(shift, { tender: 'cash' }, `key-${shift}`)).body.code).toBe('idempotency-key-reused');
  });

  it('without network sells on, and sends the sales later with the time of each', async () => {
    const { body } = await sell(await open(), { happenedAt: '2010-12-01T08:26:00' });
    expect(body.happenedAt).toBe('2010-12-01T08:26:00.000Z');
  });

  it('takes goods back that another till has just sold, and no more than that', async () => {
    const sale = await sell(await open());
    const shiftId = await open();
    const back = (quantity: number): Promise<Reply<Document>> =>
      hema.call('POST', '/hema/returns', {
        ...{ shiftId, tender: 'qr', originalSaleId: sale.body.id },
        lines: [{ sku: 'TEA', quantity }],
      });
    expect(await back(1)).toMatchObject({ status: 201, body: { number: 1, totalMinor: -8800, originalSaleId: sale.body.id } });
    expect(await back(2)).toMatchObject({ status: 422, body: { code: 'more-than-sold' } });
    const returned = await back(1);
    expect(returned.status).toBe(201);
    const read = await hema.call('GET', `/hema/returns/${returned.body.id}`, undefined, {
      'after-position': returned.body.position,
    });
    expect(read.body).toMatchObject({ kind: 'return', number: 2, totalMinor: -8800 });
  });

  it.each([
    [422, 'unknown-sku', { lines: [{ sku: 'GHOST', quantity: 1 }] }],
    [422, 'unknown-shift', { shiftId: 'never-opened' }],
    [400, 'invalid-request', { lines: [] }],
    [400, 'invalid-request', { lines: [{ sku: 'TEA', quantity: 0 }] }],
    [400, 'invalid-request', { lines: [{ sku: 'TEA', quantity: 1.5 }] }],
    [400, 'invalid-request', { lines: [{ sku: 'TEA', quantity: 1, unitPrice: { amountMinor: -1, currency: 'CNY' } }] }],
    [400, 'invalid-request', { saleId: 'mine' }],
    [400, 'invalid-request', { tender: 'shells' }],
  ])('is told %i %s, and nothing is recorded', async (status, code, wrong) => {
    const shift = await open();
    expect(await sell(shift, wrong)).toMatchObject({ status, body: { code } });
    expect((await hema.call('GET', `/hema/shifts/${shift}`)).body).toMatchObject({ documents: 0 });
  });

  it('may name its shift, once', async () => {
    const shift = { shiftId: 'till-9-monday', store: 'hema-1', till: 'till-9', cashier: 'Li Na', floatMinor: 0, currency: 'CNY' };
    expect(await hema.call('POST', '/hema/shifts', shift)).toMatchObject({ status: 201, body: { id: 'till-9-monday' } });
    expect(await hema.call('POST', '/hema/shifts', shift)).toMatchObject({ status: 200, body: { version: 1 } });
    const other = await hema.call('POST', '/hema/shifts', { ...shift, cashier: 'Wang Wei' });
    expect(other).toMatchObject({ status: 409, body: { code: 'shift-id-taken' } });
  });

  it('is closed with a count, and sells no more', async () => {
    const shift = await open();
    await sell(shift, { tender: 'cash' });
    const closed = await hema.call('POST', `/hema/shifts/${shift}/close`, { countedMinor: 17_500 });
    expect(closed).toMatchObject({ status: 200, body: { status: 'closed', documents: 1, differenceMinor: -100 } });
    expect(await sell(shift)).toMatchObject({ status: 409, body: { code: 'shift-closed' } });
    expect(await hema.call('POST', '/hema/shifts/nobody/close', { countedMinor: 0 })).toMatchObject({ status: 404 });
  });

  it('knows what does not exist', async () => {
    for (const path of ['shifts/none', 'sales/none', 'returns/none', 'price-list/none']) {
      expect(await hema.call('GET', `/hema/${path}`)).toMatchObject({ status: 404 });
    }
  });
});

import { applied, recorded } from '#libs/eventsourcing/testing';
import { priceListView } from './price-list.view';

const tea = { sku: 'TEA', name: 'Longjing', kind: 'merchandise', price: { amountMinor: 8800, currency: 'CNY' } };
const event = (type: string, data: object): ReturnType<typeof recorded> => recorded('storefront', 'product:TEA', type, data);

describe('the price list of the shops', () => {
  it('has what the storefront lists, as it now is', () => {
    const changed = { ...tea, kind: 'service', price: { amountMinor: 42, currency: 'CNY', baseQuantity: 10 } };
    const rows = applied(priceListView, event('ProductListed', tea), event('ProductChanged', changed));
    expect([...rows.values()]).toEqual([
      { sku: 'TEA', name: 'Longjing', kind: 'service', amountMinor: 42, currency: 'CNY', baseQuantity: 10 },
    ]);
  });

  it('has a price for one unit unless it is for more', () => {
    const [row] = applied(priceListView, event('ProductListed', tea)).values();
    expect(row).toMatchObject({ amountMinor: 8800, baseQuantity: 1 });
  });
});

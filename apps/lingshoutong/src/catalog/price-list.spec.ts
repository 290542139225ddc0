import { applied, recorded } from '#libs/eventsourcing/testing';
import { priceListView } from './price-list.view';

const tea = { sku: 'TEA', name: 'Longjing', kind: 'merchandise', price: { amountMinor: 8800, currency: 'CNY' } };
const event = (type: string, data: object): ReturnType<typeof recorded> => recorded('storefront', 'product:TEA', type, data);

describe('the price list of the shops', () => {
  it('has what the storefront lists, as it now is', () => {
    const changed = { ...tea, kind: 'service', price: { amountMinor: 42, currency: 'CNY', baseQuantity: 10 } };
    const rows = applied(priceListView, event('ProductListed', tea), event('ProductChanged', changed));
    expect([...rows.values()]).toEqual([
      { sku: 'TEA', name: 'Longjing', kind: 'service', amountMinor: 42, currency: 'CNY', baseQuantity: 10, components: null },
    ]);
  });

  it('has a price for one unit unless it is for more', () => {
    const [row] = applied(priceListView, event('ProductListed', tea)).values();
    expect(row).toMatchObject({ amountMinor: 8800, baseQuantity: 1 });
  });

  it('knows what a bundle is made of, until it is none any more', () => {
    const components = [{ sku: 'CUP', quantity: 4 }];
    const [set] = applied(priceListView, event('ProductListed', { ...tea, components })).values();
    expect(set).toMatchObject({ components });
    const [plain] = applied(priceListView, event('ProductListed', { ...tea, components: [] })).values();
    expect(plain).toMatchObject({ components: null });
  });
});

import { givenStreams, type History } from '#libs/eventsourcing/testing';
import { location } from '../locations/location';
import { AdjustStock, adjustStock } from './adjust-stock';
import { adjustment } from './adjustment';

const dc: History = [
  location,
  'hz-dc',
  {
    type: 'LocationRegistered',
    data: { location: 'hz-dc', name: 'Hangzhou DC', kind: 'warehouse', latitude: 30.3, longitude: 120.2 },
  },
];
interface Line {
  sku: string;
  quantity: number;
  reason: string;
  stocked?: boolean;
}
const adjust = (...lines: Line[]): AdjustStock =>
  Object.assign(new AdjustStock(), { adjustmentId: 'a1', location: 'hz-dc', lines });
const line = (sku: string, quantity: number, reason = 'damaged'): Line => ({ sku, quantity, reason });
const document = (...lines: object[]) => ({
  stream: 'adjustment:a1',
  events: [{ type: 'StockAdjustmentRecorded', data: { adjustmentId: 'a1', location: 'hz-dc', lines } }],
});
const adjusted = (sku: string, quantity: number, reason = 'damaged') => ({
  type: 'StockAdjusted',
  data: { sku, quantity, reason, location: 'hz-dc', adjustmentId: 'a1' },
});

describe('a stock adjustment', () => {
  it('is one document, and takes off the books what is gone, also more than they had', () => {
    givenStreams(dc)
      .when(adjustStock, adjust(line('A', -3)))
      .then(document({ ...line('A', -3), stocked: true }), { stream: 'stock:A@hz-dc', events: [adjusted('A', -3)] });
  });

  it('moves a SKU once per reason', () => {
    const lines = [line('A', -3), line('A', 5, 'found'), line('B', 1), line('A', -1)];
    givenStreams(dc)
      .when(adjustStock, adjust(...lines))
      .then(
        document(...lines.map((each) => ({ ...each, stocked: true }))),
        { stream: 'stock:A@hz-dc', events: [adjusted('A', -4), adjusted('A', 5, 'found')] },
        { stream: 'stock:B@hz-dc', events: [adjusted('B', 1)] },
      );
  });

  it('records what cancels out and moves nothing for it', () => {
    const lines = [line('A', -3), line('A', 3)];
    givenStreams(dc)
      .when(adjustStock, adjust(...lines))
      .then(document(...lines.map((each) => ({ ...each, stocked: true }))));
  });

  it('records a line without stock and moves nothing for it', () => {
    const service = { ...line('BANK CHARGES', -1), stocked: false };
    givenStreams(dc).when(adjustStock, adjust(service)).then(document(service));
  });

  it('cannot be made at a place that nobody registered', () => {
    givenStreams()
      .when(adjustStock, adjust(line('A', 1)))
      .thenRefused('unknown-location');
  });

  it('is recorded once', () => {
    const data = { adjustmentId: 'a1', location: 'hz-dc', lines: [{ ...line('A', 1), stocked: true }] };
    givenStreams(dc, [adjustment, 'a1', { type: 'StockAdjustmentRecorded', data }])
      .when(adjustStock, adjust(line('A', 1)))
      .thenNothing();
  });
});

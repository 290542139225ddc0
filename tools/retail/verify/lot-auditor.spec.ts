import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { LotAuditor } from './lot-auditor';

const moved = (type: string, quantity: number, of = quantity, more: object = {}): RecordedEvent =>
  ({
    ...{ source: 'inventory', lane: 0, position: 1, version: 1, type },
    stream: 'stock:milk@dc',
    data: { sku: 'milk', location: 'dc', quantity, lots: [{ lot: 'A', quantity: of }], ...more },
  }) as unknown as RecordedEvent;
const sent = (quantity: number): RecordedEvent => moved('StockTransferSent', quantity, quantity, { transferId: 't', to: 'shop' });
const arrived = (quantity: number): RecordedEvent =>
  moved('StockTransferReceived', quantity, quantity, { transferId: 't', location: 'shop' });

function violations(...events: RecordedEvent[]): string[] {
  const auditor = new LotAuditor();
  events.forEach((event) => auditor.take(event));
  return auditor.check.violations;
}

describe('the books of lots', () => {
  it('are right when every unit of a lot that left had come', () => {
    const kept = [moved('StockQuarantined', 3), moved('StockScrapped', 1), moved('StockQuarantineReleased', 2)];
    expect(violations(moved('StockReceived', 10), moved('StockSold', 4), ...kept, sent(5), arrived(3))).toEqual([]);
  });

  it('are wrong when more of a lot has left than came', () => {
    expect(violations(moved('StockReceived', 3), moved('StockShipped', 4))).toEqual([
      'lot A of milk@dc: 1 more units have left than came',
    ]);
  });

  it('are wrong when more is kept than is there', () => {
    expect(violations(moved('StockReceived', 3), moved('StockQuarantined', 4))).toEqual([
      'lot A of milk@dc: 4 units are kept from sale, and 3 are there',
    ]);
  });

  it('are wrong when more of a lot arrives than was sent', () => {
    expect(violations(moved('StockReceived', 3), sent(2), arrived(3))).toEqual([
      'lot A of milk on transfer t: 1 more units have arrived than were sent',
    ]);
  });

  it('are wrong when an event names more units of lots than it moves', () => {
    expect(violations(moved('StockReceived', 2, 3))[0]).toMatch(/names 3 units of lots and moves 2$/);
  });
});

import fc from 'fast-check';
import { applied, recorded } from '#libs/eventsourcing/testing';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { interleaved } from '../testing/interleaving.testing';
import { orderStream, returned, supplyStream } from '../testing/trade.testing';
import { customerResource } from './customer';
import { customerView } from './customer.view';
import { erasureView } from './erasure.view';

const on = (day: number, event: RecordedEvent): RecordedEvent => ({ ...event, happenedAt: `2026-01-0${day}T08:00:00.000Z` });
const customers = (...events: RecordedEvent[]) => applied(customerView, ...events);

/** A customer who buys online, calls one order off and returns another, and whose shop restocks. */
const first = orderStream('o1', '17850');
const second = orderStream('o2', '17850');
const streams = [
  [on(3, first.confirmed)],
  [on(4, second.confirmed), on(5, second.cancelled)],
  [on(6, returned('r1', '17850'))],
  [on(2, supplyStream('so', '17850').accepted)],
  [on(7, orderStream('o3', 'Li Na').confirmed)],
];
const all = streams.flat();

describe('a customer', () => {
  const row = customers(...all).get(JSON.stringify({ id: '17850' }))!;

  it('is one, whatever channel they come through', () => {
    expect(customerResource('17850', row)).toMatchObject({
      ...{ id: '17850', channels: ['lingshoutong', 'storefront'], documents: 3, netMinor: { GBP: 2310 } },
      ...{ firstSeen: '2026-01-02T08:00:00.000Z', lastSeen: '2026-01-06T08:00:00.000Z' },
    });
  });

  it('has what they bought and gave back by kind, net of what was called off', () => {
    expect(row.byKind).toEqual({
      'storefront-order': { documents: 1, lines: 2, units: 3, minor: { GBP: 2310 } },
      'storefront-return': { documents: 1, lines: 2, units: -3, minor: { GBP: -2310 } },
      'lingshoutong-order': { documents: 1, lines: 2, units: 3, minor: { GBP: 2310 } },
    });
  });

  it('is not known for an order that never was a sale', () => {
    expect(customers(first.placed, first.allocated, first.cancelledEarly, first.rejected)).toEqual(new Map());
  });

  it('is the same in whatever order the streams are read', () => {
    const expected = customers(...all);
    fc.assert(fc.property(interleaved(streams), (events) => expect(customers(...events)).toEqual(expected)));
  });

  it('keeps all their sums when they are erased, and says when that was', () => {
    const data = { customer: '17850', keys: ['key-1'] };
    const recordedAt = '2026-01-08T09:00:00.000Z';
    const erased = recorded('storefront', 'customer:17850', 'CustomerErased', data, { recordedAt });
    expect(customers(...all, erased)).toEqual(customers(...all));
    const [erasure] = applied(erasureView, erased).values();
    expect(erasure).toEqual({ customer: '17850', erasedAt: recordedAt });
    const before = customerResource('17850', row);
    expect(customerResource('17850', { ...row, erasedAt: erasure!.erasedAt })).toEqual({ ...before, erasedAt: recordedAt });
  });
});

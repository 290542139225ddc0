import fc from 'fast-check';
import type { StockEvents } from '#libs/contracts';
import { fold, type EventOf } from '#libs/eventsourcing/vocabulary';
import { quantitiesOf } from '../history/quantities';
import { stock } from '../stock/stock';
import { breachesOf, type Account } from './conservation';
import { stockFlowView } from './stock-flow.view';
import { due, flowsOf, MOVEMENTS, NO_FLOWS, plus, type Flows } from './flows';

type Movement = EventOf<StockEvents>;

const flowsOfAll = (movements: readonly Movement[]): Flows =>
  movements.reduce((flows, movement) => plus(flows, flowsOf(movement)), { ...NO_FLOWS });

const flows = (some: Partial<Flows>): Flows => ({ ...NO_FLOWS, ...some });
const account = (location: string, came: Partial<Flows>, onHand: number, inTransit = 0): Account => ({
  location,
  flows: flows(came),
  books: { onHand, inTransit },
});

describe('conservation of stock', () => {
  it('holds for whatever has moved: what came in less what went out is what the stock says is there', () => {
    const movement = fc.record({
      type: fc.constantFrom(...MOVEMENTS, 'StockReserved' as const, 'StockReleased' as const),
      quantity: fc.integer({ min: 1, max: 1_000_000 }),
      isNegative: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(movement), (drawn) => {
        const movements = drawn.map(({ type, quantity, isNegative }) => {
          const signed = type === 'StockAdjusted' && isNegative ? -quantity : quantity;
          return { type, data: { sku: 'TEA', location: 'dc', quantity: signed, reservationId: 'r' } } as unknown as Movement;
        });
        const { onHand, inTransit } = quantitiesOf(fold(stock, movements));
        expect(due(flowsOfAll(movements))).toEqual({ onHand, inTransit });
      }),
    );
  });

  it('is counted by a view that hears of every movement', () => {
    expect(Object.keys(stockFlowView.on).sort()).toEqual([...MOVEMENTS].sort());
  });

  it('counts every unit under one heading, by what became of it', () => {
    const came = flows({
      received: 10,
      returned: 2,
      found: 1,
      arrived: 4,
      sold: 5,
      lost: 3,
      sent: 2,
      announced: 6,
      lostInTransit: 1,
    });
    expect(due(came)).toEqual({ onHand: 7, inTransit: 1 });
  });

  it('is whole when each place has what is left, and every unit that was sent has been announced', () => {
    const accounts = [
      account('dc', { received: 10, sent: 4, sold: 1 }, 5),
      account('shop', { announced: 4, arrived: 2, lostInTransit: 1 }, 2, 1),
    ];
    expect(breachesOf('TEA', accounts)).toEqual([]);
  });

  it('is broken where the books have a unit that never came', () => {
    expect(breachesOf('TEA', [account('dc', { received: 10, sold: 1 }, 10)])).toEqual([
      { sku: 'TEA', location: 'dc', quantity: 'on-hand', due: 9, booked: 10 },
    ]);
  });

  it('is broken where the books do not know of a place, or the movements do not', () => {
    const unbooked: Account = { location: 'dc', flows: flows({ received: 1 }), books: undefined };
    const unmoved: Account = { location: 'shop', flows: undefined, books: { onHand: 0, inTransit: 2 } };
    expect(breachesOf('TEA', [unbooked, unmoved])).toEqual([
      { sku: 'TEA', location: 'dc', quantity: 'on-hand', due: 1, booked: 0 },
      { sku: 'TEA', location: 'shop', quantity: 'in-transit', due: 0, booked: 2 },
    ]);
  });

  it('is broken between places when one has sent what none awaits', () => {
    expect(breachesOf('TEA', [account('dc', { received: 10, sent: 4 }, 6)])).toEqual([
      { sku: 'TEA', location: null, quantity: 'in-transit', due: 4, booked: 0 },
    ]);
  });
});

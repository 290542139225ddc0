import { given } from '#libs/eventsourcing/testing';
import { fold, type EventOf } from '#libs/eventsourcing/vocabulary';
import type { ShiftEvents } from '#libs/contracts';
import { CloseShift, closeShift } from './close-shift';
import { OpenShift, openShift } from './open-shift';
import { shift } from './shift';

const opening = { shiftId: 's1', store: 'hema-1', till: 'till-1', cashier: 'Li Na', floatMinor: 20_000, currency: 'CNY' };
const open = (changes: Partial<OpenShift> = {}): OpenShift => Object.assign(new OpenShift(), { ...opening, ...changes });
const close = (countedMinor: number): CloseShift => Object.assign(new CloseShift(), { shiftId: 's1', countedMinor });
const opened: EventOf<ShiftEvents> = { type: 'ShiftOpened', data: opening };
const document = (number: number, tender: 'cash' | 'card', amountMinor: number): EventOf<ShiftEvents> => ({
  type: 'SaleRecorded',
  data: {
    ...{ saleId: `sale-${number}`, shiftId: 's1', store: 'hema-1', till: 'till-1', number, lines: [], tender },
    totals: { lines: 0, units: 0, amountMinor, currency: 'CNY' },
  },
});
const paidOut = (number: number, amountMinor: number): EventOf<ShiftEvents> => ({
  type: 'SaleReturnRecorded',
  data: {
    ...{ returnId: `return-${number}`, shiftId: 's1', store: 'hema-1', till: 'till-1', number, lines: [], tender: 'cash' },
    totals: { lines: 0, units: 0, amountMinor: -amountMinor, currency: 'CNY' },
    reason: 'too small',
  },
});
const closed: EventOf<ShiftEvents> = {
  type: 'ShiftClosed',
  data: {
    ...{ shiftId: 's1', store: 'hema-1', till: 'till-1', documents: 0, takingsMinor: 0, currency: 'CNY' },
    ...{ countedMinor: 20_000, differenceMinor: 0 },
  },
};

describe('opening a shift', () => {
  it('says who is at which till with how much cash', () => {
    given(shift).when(openShift, open()).then(opened);
  });

  it.each([[[opened]], [[opened, closed]]])('has nothing to say when it was opened just so', (history) => {
    given(shift, ...history)
      .when(openShift, open())
      .thenNothing();
  });

  it.each([{ store: 'hema-2' }, { till: 'till-2' }, { cashier: 'Wang Wei' }, { floatMinor: 0 }, { currency: 'GBP' }])(
    'is refused under the id of another shift: %j',
    (change) => {
      given(shift, opened).when(openShift, open(change)).thenRefused('shift-id-taken');
    },
  );
});

describe('closing a shift', () => {
  it('compares what was counted with float and cash takings; what was paid by card is not in the drawer', () => {
    given(shift, opened, document(1, 'cash', 1500), document(2, 'card', 9000), paidOut(3, 500))
      .when(closeShift, close(20_900))
      .then({
        type: 'ShiftClosed',
        data: {
          ...{ shiftId: 's1', store: 'hema-1', till: 'till-1', documents: 3, takingsMinor: 10_000, currency: 'CNY' },
          ...{ countedMinor: 20_900, differenceMinor: -100 },
        },
      });
  });

  it('has nothing to say when it was closed with the same count, and is refused with another', () => {
    given(shift, opened, closed).when(closeShift, close(20_000)).thenNothing();
    given(shift, opened, closed).when(closeShift, close(1)).thenRefused('shift-closed');
  });

  it('needs a shift', () => {
    given(shift).when(closeShift, close(0)).thenRefused('unknown-shift');
  });
});

describe('a shift', () => {
  it('remembers counters and the last document, however much was sold', () => {
    const state = fold(shift, [opened, document(1, 'cash', 1500), document(2, 'card', 9000)]);
    expect(state).toMatchObject({ status: 'open', documents: 2, takingsMinor: 10_500, cashMinor: 1500 });
    expect(state?.last).toMatchObject({ saleId: 'sale-2' });
    expect(JSON.stringify(state)).not.toContain('sale-1');
  });
});

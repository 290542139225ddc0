import type { ShiftEvents } from '#libs/contracts';
import { Refusal, type Aggregate } from '#libs/eventsourcing/vocabulary';

type Opened = ShiftEvents['ShiftOpened'];
type TillDocument = ShiftEvents['SaleRecorded'] | ShiftEvents['SaleReturnRecorded'];

/** What is known of a shift from its opening on. */
interface Books extends Omit<Opened, 'shiftId'> {
  /** Sales and returns together; the next one is numbered one higher. */
  documents: number;
  /** What was sold less what was returned, in minor units. */
  takingsMinor: number;
  /** The share of the takings that is in the drawer. */
  cashMinor: number;
  /** The document that was recorded last: what the till that sent it is answered with. */
  last?: TillDocument;
}

/** One cashier at one till; undefined until it is opened. */
export type Shift =
  undefined | (Books & { status: 'open' }) | (Books & { status: 'closed'; countedMinor: number; differenceMinor: number });

export const shift: Aggregate<Shift, ShiftEvents> = {
  category: 'shift',
  snapshot: { every: 500, stateVersion: 1 },
  initial: undefined,
  evolve: {
    ShiftOpened: (_, { store, till, cashier, floatMinor, currency }) => ({
      status: 'open',
      ...{ store, till, cashier, floatMinor, currency },
      ...{ documents: 0, takingsMinor: 0, cashMinor: 0 },
    }),
    SaleRecorded: recorded,
    SaleReturnRecorded: recorded,
    ShiftClosed: (state, { countedMinor, differenceMinor }) =>
      state && { ...state, status: 'closed', countedMinor, differenceMinor },
  },
};

function recorded(state: Shift, document: TillDocument): Shift {
  if (!state) return state;
  const { amountMinor } = document.totals;
  return {
    ...state,
    documents: document.number,
    takingsMinor: state.takingsMinor + amountMinor,
    cashMinor: state.cashMinor + (document.tender === 'cash' ? amountMinor : 0),
    last: document,
  };
}

/** What somebody is told who names a shift that was never opened. */
export function unknownShift(shiftId: string, kind: 'not-found' | 'unprocessable'): Refusal {
  return new Refusal('unknown-shift', `There is no shift ${shiftId}.`, 'Open one with POST /hema/shifts and use its id.', kind);
}

/** What somebody is told who comes after the drawer was counted. */
export function shiftClosed(shiftId: string): Refusal {
  return new Refusal(
    'shift-closed',
    `Shift ${shiftId} is closed.`,
    'Open a new shift at this till with POST /hema/shifts and record it there.',
    'conflict',
  );
}

/**
 * The shift, when documents can be recorded in it.
 * @throws Refusal `unknown-shift` or `shift-closed`
 */
export function openShiftOf(state: Shift, shiftId: string): Books {
  if (!state) throw unknownShift(shiftId, 'unprocessable');
  if (state.status === 'closed') throw shiftClosed(shiftId);
  return state;
}

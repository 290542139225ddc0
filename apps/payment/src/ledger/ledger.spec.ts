import fc from 'fast-check';
import { lineAmountMinor, type LedgerEvents } from '#libs/contracts';
import { given } from '#libs/eventsourcing/testing';
import type { EventOf } from '#libs/eventsourcing/vocabulary';
import { AdjustLedger, adjustLedger, type LedgerLine } from './adjust-ledger';
import { ledger } from './ledger';

const GBP = 'GBP';
const line = (quantity: number, amountMinor: number, baseQuantity?: number): LedgerLine => ({
  ...{ description: 'Adjust bad debt', quantity },
  unitPrice: { amountMinor, currency: GBP, ...(baseQuantity !== undefined && { baseQuantity }) },
});
const adjust = (...lines: LedgerLine[]): AdjustLedger =>
  Object.assign(new AdjustLedger(), { adjustmentId: 'a1', reason: 'bad debt', currency: GBP, lines });
const adjusted = (amounts: [quantity: number, amountMinor: number][]): EventOf<LedgerEvents> => ({
  type: 'LedgerAdjusted',
  data: {
    ...{ adjustmentId: 'a1', reason: 'bad debt' },
    lines: amounts.map(([quantity, amountMinor]) => ({ description: 'Adjust bad debt', quantity, amountMinor })),
    totals: {
      lines: amounts.length,
      units: amounts.reduce((sum, [quantity]) => sum + quantity, 0),
      amountMinor: amounts.reduce((sum, [, amountMinor]) => sum + amountMinor, 0),
      currency: GBP,
    },
  },
});

describe('a ledger adjustment', () => {
  it('writes a debt off at a price below zero', () => {
    given(ledger)
      .when(adjustLedger, adjust(line(1, -1_106_206)))
      .then(adjusted([[1, -1_106_206]]));
  });

  it('adds its lines up, each with its own sign', () => {
    given(ledger)
      .when(adjustLedger, adjust(line(-3, 250), line(1, 1000), line(2, -100), line(0, 500)))
      .then(
        adjusted([
          [-3, -750],
          [1, 1000],
          [2, -200],
          [0, 0],
        ]),
      );
  });

  it('rounds half a minor unit up, also below zero', () => {
    given(ledger)
      .when(adjustLedger, adjust(line(1, 5, 10), line(-1, 5, 10)))
      .then(
        adjusted([
          [1, 1],
          [-1, 0],
        ]),
      );
  });

  it('is made once', () => {
    given(ledger, adjusted([[1, -100]]))
      .when(adjustLedger, adjust(line(1, -100)))
      .thenNothing();
  });

  it('is refused when a line is in another currency', () => {
    const euros = { ...line(1, 100), unitPrice: { amountMinor: 100, currency: 'EUR' } };
    given(ledger)
      .when(adjustLedger, adjust(line(1, 100), euros))
      .thenRefused('currency-mismatch');
  });

  it('is refused when it adds up to more than can be counted exactly', () => {
    const most = Array.from({ length: 10 }, () => line(1_000_000, -1_000_000_000));
    given(ledger)
      .when(adjustLedger, adjust(...most))
      .thenRefused('amount-too-large');
  });

  it('totals the sum of its rounded lines', () => {
    const anyLine = fc
      .tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: 1, max: 100 }))
      .map(([quantity, amountMinor, base]) => line(quantity, amountMinor, base));
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 20 }), (lines) => {
        const [event] = adjustLedger(adjust(...lines), undefined, { now: '', by: '', given: undefined });
        const sum = lines.reduce((total, { unitPrice, quantity }) => total + lineAmountMinor(unitPrice, quantity), 0);
        expect(event?.data.totals.amountMinor).toBe(sum);
      }),
    );
  });
});

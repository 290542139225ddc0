import fc from 'fast-check';
import type { PaymentEvents } from '#libs/contracts';
import { applied, given, recorded } from '#libs/eventsourcing/testing';
import { fold, Refusal, type EventOf } from '#libs/eventsourcing/vocabulary';
import { AuthorizePayment, authorizePayment, type Authorization } from './authorize-payment';
import { CapturePayment, capturePayment } from './capture-payment';
import { payment, refundedMinor, type Payment } from './payment';
import { paymentView } from './payment.view';
import { RefundPayment, refundPayment } from './refund-payment';
import { VoidPayment, voidPayment } from './void-payment';

type Event = EventOf<PaymentEvents>;

const money = { customer: 'Li Na', amountMinor: 17_600, currency: 'CNY' };
const about = { paymentId: 'o1', orderId: 'o1', ...money };
const approval: Authorization = { approved: true, providerReference: 'ref' };

const authorized: Event = { type: 'PaymentAuthorized', data: { ...about, providerReference: 'ref' } };
const declined: Event = { type: 'PaymentDeclined', data: { ...about, reason: 'no money' } };
const captured: Event = { type: 'PaymentCaptured', data: about };
const voided: Event = { type: 'PaymentVoided', data: { ...about, reason: 'too many' } };
const refunded = (returnId: string, amountMinor: number): Event => ({
  type: 'PaymentRefunded',
  data: { ...about, returnId, amountMinor },
});

const authorize = Object.assign(new AuthorizePayment(), { orderId: 'o1', ...money });
const capture = Object.assign(new CapturePayment(), { orderId: 'o1' });
const letGo = Object.assign(new VoidPayment(), { orderId: 'o1', reason: 'too many' });
const refund = (returnId: string, amountMinor: number): RefundPayment =>
  Object.assign(new RefundPayment(), { orderId: 'o1', returnId, amountMinor });

describe('authorizing', () => {
  it('writes down that the provider holds the money', () => {
    given(payment).when(authorizePayment, authorize, { given: approval }).then(authorized);
  });

  it('writes down that the provider said no', () => {
    given(payment)
      .when(authorizePayment, authorize, { given: { approved: false, reason: 'no money' } })
      .then(declined);
  });

  it.each([[[authorized]], [[declined]], [[authorized, captured]], [[authorized, voided]]])(
    'is done once: %j',
    (history: Event[]) => {
      given(payment, ...history)
        .when(authorizePayment, authorize, { given: approval })
        .thenNothing();
    },
  );
});

describe('capturing', () => {
  it('takes all that is held', () => {
    given(payment, authorized).when(capturePayment, capture).then(captured);
  });

  it('is done once', () => {
    given(payment, authorized, captured).when(capturePayment, capture).thenNothing();
    given(payment, authorized, captured, refunded('r1', 100)).when(capturePayment, capture).thenNothing();
  });

  it.each([[[]], [[declined]], [[authorized, voided]]])('is refused when nothing is held: %j', (history: Event[]) => {
    given(payment, ...history)
      .when(capturePayment, capture)
      .thenRefused('nothing-to-capture');
  });
});

describe('voiding', () => {
  it('lets go of what is held', () => {
    given(payment, authorized).when(voidPayment, letGo).then(voided);
  });

  it.each([[[]], [[declined]], [[authorized, voided]], [[authorized, captured]]])(
    'says nothing when nothing is held: %j',
    (history: Event[]) => {
      given(payment, ...history)
        .when(voidPayment, letGo)
        .thenNothing();
    },
  );
});

describe('refunding', () => {
  it('gives back some of what was captured, or all of it', () => {
    given(payment, authorized, captured).when(refundPayment, refund('r1', 100)).then(refunded('r1', 100));
    given(payment, authorized, captured, refunded('r1', 100))
      .when(refundPayment, refund('r2', 17_500))
      .then(refunded('r2', 17_500));
  });

  it('is done once per return', () => {
    given(payment, authorized, captured, refunded('r1', 100)).when(refundPayment, refund('r1', 100)).thenNothing();
    given(payment, authorized, captured, refunded('r1', 17_600)).when(refundPayment, refund('r1', 17_600)).thenNothing();
  });

  it('is refused beyond what is left of the captured money', () => {
    given(payment, authorized, captured, refunded('r1', 100))
      .when(refundPayment, refund('r2', 17_501))
      .thenRefused('more-than-captured');
  });

  it.each([[[]], [[declined]], [[authorized]], [[authorized, voided]]])(
    'is refused when nothing was captured: %j',
    (history: Event[]) => {
      given(payment, ...history)
        .when(refundPayment, refund('r1', 1))
        .thenRefused('more-than-captured');
    },
  );
});

describe('a payment, whatever comes in whatever order', () => {
  type Step = (state: Payment) => Event[];
  const step = fc.oneof(
    fc.boolean().map((approved): Step => {
      const answer: Authorization = approved ? approval : { approved: false, reason: 'no money' };
      return (state) => authorizePayment(authorize, state, { now: '', by: '', given: answer });
    }),
    fc.constant<Step>((state) => capturePayment(capture, state, { now: '', by: '', given: undefined })),
    fc.constant<Step>((state) => voidPayment(letGo, state, { now: '', by: '', given: undefined })),
    fc.tuple(fc.nat(5), fc.nat(20_000)).map(([n, amountMinor]): Step => {
      return (state) => refundPayment(refund(`r${n}`, amountMinor), state, { now: '', by: '', given: undefined });
    }),
  );

  /** The events of a story; what is refused adds none. */
  function lived(steps: readonly Step[]): Event[] {
    const events: Event[] = [];
    for (const decide of steps) {
      try {
        events.push(...decide(fold(payment, events)));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    }
    return events;
  }

  it('is asked for once, captured at most once, and never captured as well as voided', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const count = (...types: Event['type'][]): number => lived(steps).filter(({ type }) => types.includes(type)).length;
        expect(count('PaymentAuthorized', 'PaymentDeclined')).toBeLessThanOrEqual(1);
        expect(count('PaymentCaptured', 'PaymentVoided')).toBeLessThanOrEqual(count('PaymentAuthorized'));
      }),
    );
  });

  it('never gives back more than was captured, nor twice for one return', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const events = lived(steps);
        const refunds = events.filter((event) => event.type === 'PaymentRefunded').map(({ data }) => data);
        const taken = events.some(({ type }) => type === 'PaymentCaptured') ? money.amountMinor : 0;
        const back = refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
        expect(back).toBeLessThanOrEqual(taken);
        expect(new Set(refunds.map(({ returnId }) => returnId)).size).toBe(refunds.length);
        const state = fold(payment, events);
        if (state?.status === 'captured') expect(refundedMinor(state)).toBe(back);
      }),
    );
  });
});

describe('the payments view', () => {
  const rowsAfter = (...events: Event[]) => [
    ...applied(paymentView, ...events.map(({ type, data }) => recorded('payment', 'payment:o1', type, data))).values(),
  ];
  const row = { orderId: 'o1', ...money, refundedMinor: 0, askedAt: '2026-01-02T03:04:05.678Z' };

  it.each<[string, Event[]]>([
    ['authorized', [authorized]],
    ['declined', [declined]],
    ['captured', [authorized, captured]],
    ['voided', [authorized, voided]],
  ])('has one row per order: %s', (status, events) => {
    expect(rowsAfter(...events)).toEqual([{ ...row, status }]);
  });

  it('adds up what went back', () => {
    expect(rowsAfter(authorized, captured, refunded('r1', 100), refunded('r2', 50))).toEqual([
      { ...row, status: 'captured', refundedMinor: 150 },
    ]);
  });

  it('cannot begin in the middle of a payment', () => {
    expect(() => rowsAfter(captured)).toThrow('never asked for');
  });
});

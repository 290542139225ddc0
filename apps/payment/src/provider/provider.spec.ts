import { Streams, type Resolve } from '#libs/eventsourcing';
import type { PaymentEvents } from '#libs/contracts';
import { fold, type EventOf } from '#libs/eventsourcing/vocabulary';
import { CapturePayment } from '../payments/capture-payment';
import { payment } from '../payments/payment';
import { RefundPayment } from '../payments/refund-payment';
import { VoidPayment } from '../payments/void-payment';
import { tellToCapture, tellToRefund, tellToVoid } from './instructions.provider';
import { PaymentProvider } from './payment.provider';
import { SandboxProvider } from './sandbox.provider';

const hold = { paymentId: 'o1', customer: 'Li Na', amountMinor: 17_600, currency: 'CNY', paymentToken: 'sandbox-approve' };

describe('the sandbox', () => {
  const sandbox = new SandboxProvider();

  it('approves whatever it is not told to decline', async () => {
    expect(await sandbox.authorize(hold)).toEqual({ approved: true, providerReference: 'sandbox-payment-o1' });
    expect(await sandbox.authorize({ ...hold, paymentToken: 'anything' })).toMatchObject({ approved: true });
  });

  it('declines the token that says so', async () => {
    expect(await sandbox.authorize({ ...hold, paymentToken: 'sandbox-decline' })).toEqual({
      approved: false,
      reason: 'declined by the sandbox',
    });
  });

  it('gives the same answer to the same question, also after a restart', async () => {
    expect(await new SandboxProvider().authorize(hold)).toEqual(await sandbox.authorize(hold));
    expect(await new SandboxProvider().payOut('r1')).toBe(await sandbox.payOut('r1'));
  });
});

describe('what the provider is told', () => {
  type Event = EventOf<PaymentEvents>;
  const about = { paymentId: 'o1', orderId: 'o1', customer: 'Li Na', amountMinor: 17_600, currency: 'CNY' };
  const authorized: Event = { type: 'PaymentAuthorized', data: { ...about, providerReference: 'ref' } };
  const declined: Event = { type: 'PaymentDeclined', data: { ...about, reason: 'no money' } };
  const captured: Event = { type: 'PaymentCaptured', data: about };
  const voided: Event = { type: 'PaymentVoided', data: { ...about, reason: 'too many' } };
  const refunded: Event = { type: 'PaymentRefunded', data: { ...about, returnId: 'r1', amountMinor: 17_000 } };

  /** Calls of the provider while the books say this. */
  async function toldAfter(history: Event[], tell: (get: Resolve) => Promise<unknown>): Promise<unknown[][]> {
    const calls: unknown[][] = [];
    const note =
      (name: string) =>
      (...args: unknown[]) =>
        Promise.resolve(void calls.push([name, ...args]));
    const provider = { capture: note('capture'), void: note('void'), refund: note('refund') };
    const streams = { read: () => Promise.resolve({ state: fold(payment, history), version: history.length }) };
    const providers = new Map<unknown, unknown>([
      [PaymentProvider, provider],
      [Streams, streams],
    ]);
    await tell(((token: unknown) => providers.get(token)) as Resolve);
    return calls;
  }
  const capture = (get: Resolve) => tellToCapture(Object.assign(new CapturePayment(), { orderId: 'o1' }), get);
  const letGo = (get: Resolve) => tellToVoid(Object.assign(new VoidPayment(), { orderId: 'o1' }), get);
  const refund =
    (amountMinor: number, returnId = 'r2') =>
    (get: Resolve) =>
      tellToRefund(Object.assign(new RefundPayment(), { orderId: 'o1', returnId, amountMinor }), get);

  it('is to take what is held, and to let go of it', async () => {
    expect(await toldAfter([authorized], capture)).toEqual([['capture', 'o1']]);
    expect(await toldAfter([authorized], letGo)).toEqual([['void', 'o1']]);
  });

  it.each([[[]], [[declined]], [[authorized, captured]], [[authorized, voided]]])(
    'is nothing when nothing is held: %j',
    async (history: Event[]) => {
      expect(await toldAfter(history, capture)).toEqual([]);
      expect(await toldAfter(history, letGo)).toEqual([]);
    },
  );

  it('is to give back what was captured, as far as it is left', async () => {
    const back = ['refund', 'r2', 'o1', { amountMinor: 600, currency: 'CNY' }];
    expect(await toldAfter([authorized, captured, refunded], refund(600))).toEqual([back]);
    expect(await toldAfter([authorized, captured, refunded], refund(601))).toEqual([]);
    expect(await toldAfter([authorized, captured, refunded], refund(600, 'r1'))).toEqual([]);
    expect(await toldAfter([authorized], refund(600))).toEqual([]);
  });
});

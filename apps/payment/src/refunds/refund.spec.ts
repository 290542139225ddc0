import type { RefundEvents } from '#libs/contracts';
import { applied, given, recorded } from '#libs/eventsourcing/testing';
import type { EventOf } from '#libs/eventsourcing/vocabulary';
import { IssueRefund, issueRefund } from './issue-refund';
import { refund } from './refund';
import { refundView } from './refund.view';

const facts = { returnId: 'r1', customer: 'Li Na', amountMinor: 500, currency: 'CNY' };
const issued: EventOf<RefundEvents> = { type: 'RefundIssued', data: { ...facts, providerReference: 'ref' } };
const issue = Object.assign(new IssueRefund(), facts);

describe('a refund without an order', () => {
  it('is paid out under the reference of the provider', () => {
    given(refund).when(issueRefund, issue, { given: 'ref' }).then(issued);
  });

  it('is paid out once per return', () => {
    given(refund, issued).when(issueRefund, issue, { given: 'ref' }).thenNothing();
  });
});

describe('the refunds view', () => {
  it('has one row per return, with and without an order', () => {
    const rows = applied(
      refundView,
      recorded('payment', 'refund:r1', 'RefundIssued', issued.data),
      recorded('payment', 'payment:o1', 'PaymentRefunded', { ...facts, returnId: 'r2', orderId: 'o1', paymentId: 'o1' }),
    );
    const refundedAt = '2026-01-02T03:04:05.678Z';
    expect([...rows.values()]).toEqual([
      { ...facts, orderId: null, refundedAt },
      { ...facts, returnId: 'r2', orderId: 'o1', refundedAt },
    ]);
  });
});

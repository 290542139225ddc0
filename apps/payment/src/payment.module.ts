import { Module } from '@nestjs/common';
import { answers, begins, eventSourced, handles } from '#libs/eventsourcing';
import { NeedsKeys } from '#libs/platform';
import { AdjustLedger, adjustLedger } from './ledger/adjust-ledger';
import { ledger } from './ledger/ledger';
import { LedgerHttp } from './ledger/ledger.http';
import { CreatePaymentViews1700000000001 } from './migrations/1700000000001-create-payment-views';
import { AuthorizePayment, authorizePayment } from './payments/authorize-payment';
import { CapturePayment, capturePayment } from './payments/capture-payment';
import { ordersMoveMoney } from './payments/orders.process';
import { payment } from './payments/payment';
import { listPayments, ListPayments, paymentView } from './payments/payment.view';
import { PaymentsHttp } from './payments/payments.http';
import { RefundPayment, refundPayment } from './payments/refund-payment';
import { shipmentsCaptureMoney } from './payments/shipments.process';
import { VoidPayment, voidPayment } from './payments/void-payment';
import { askToHold, askToPayOut, tellToCapture, tellToRefund, tellToVoid } from './provider/instructions.provider';
import { PaymentProvider } from './provider/payment.provider';
import { SandboxProvider } from './provider/sandbox.provider';
import { IssueRefund, issueRefund } from './refunds/issue-refund';
import { refund } from './refunds/refund';
import { findRefund, FindRefund, refundView } from './refunds/refund.view';
import { RefundsHttp } from './refunds/refunds.http';

@Module(
  eventSourced({
    service: 'payment',
    migrations: [CreatePaymentViews1700000000001],
    commands: [
      begins(handles(payment, AuthorizePayment, { given: askToHold, decide: authorizePayment }, (c) => c.orderId)),
      handles(payment, CapturePayment, { given: tellToCapture, decide: capturePayment }, (c) => c.orderId),
      handles(payment, VoidPayment, { given: tellToVoid, decide: voidPayment }, (c) => c.orderId),
      handles(payment, RefundPayment, { given: tellToRefund, decide: refundPayment }, (c) => c.orderId),
      handles(refund, IssueRefund, { given: askToPayOut, decide: issueRefund }, (c) => c.returnId),
      handles(ledger, AdjustLedger, adjustLedger, (c) => c.adjustmentId),
    ],
    views: [paymentView, refundView],
    processes: [ordersMoveMoney, shipmentsCaptureMoney],
    queries: [answers(ListPayments, listPayments), answers(FindRefund, findRefund)],
    controllers: [PaymentsHttp, RefundsHttp, LedgerHttp],
    providers: [NeedsKeys, { provide: PaymentProvider, useClass: SandboxProvider }],
  }),
)
export class PaymentModule {}

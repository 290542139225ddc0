import type { Demand, PaymentEvents, ReservationEvents } from '#libs/contracts';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import type { Entry } from './book';
import { Findings, type Check } from './findings';

/** What became of the goods and the money of one order. */
interface Settlement {
  goods: 'none' | 'held' | 'refused' | 'released' | 'shipped';
  hasLeft: boolean;
  currency: string;
  authorizations: number;
  authorizedMinor: number;
  captures: number;
  capturedMinor: number;
  voids: number;
  refundedMinor: number;
}

const UNTOUCHED: Readonly<Settlement> = {
  ...{ goods: 'none', hasLeft: false, currency: '', authorizations: 0, authorizedMinor: 0 },
  ...{ captures: 0, capturedMinor: 0, voids: 0, refundedMinor: 0 },
};

const GOODS = {
  StockReservationMade: 'held',
  StockReservationRefused: 'refused',
  StockReservationReleased: 'released',
  StockReservationShipped: 'shipped',
} satisfies { [K in keyof ReservationEvents]?: Settlement['goods'] };

type Money = (settlement: Settlement, payment: PaymentEvents['PaymentCaptured']) => void;

const MONEY: { [K in keyof PaymentEvents]: Money } = {
  PaymentAuthorized: (settlement, { amountMinor, currency }) => {
    settlement.authorizations++;
    settlement.authorizedMinor += amountMinor;
    settlement.currency = currency;
  },
  PaymentDeclined: () => undefined,
  PaymentCaptured: (settlement, { amountMinor }) => {
    settlement.captures++;
    settlement.capturedMinor += amountMinor;
  },
  PaymentVoided: (settlement) => settlement.voids++,
  PaymentRefunded: (settlement, { amountMinor }) => (settlement.refundedMinor += amountMinor),
};

/** Nobody is charged without goods, nobody is charged twice, and nothing stays undecided. */
export class SettlementAuditor {
  private readonly findings = new Findings('orders-settled-once');
  private readonly settlements = new Map<string, Settlement>();
  /** Reservations that belong to no order: nobody has to pay for them. */
  private readonly direct = new Set<string>();

  take({ type, data }: RecordedEvent): void {
    if (type in GOODS) {
      this.goods(GOODS[type as keyof typeof GOODS], data as { reservationId: string; demand?: Demand });
    } else if (type in MONEY) {
      const payment = data as PaymentEvents['PaymentCaptured'];
      MONEY[type as keyof typeof MONEY](this.of(payment.orderId), payment);
    } else if (type === 'ShipmentShipped') {
      this.of((data as { orderId: string }).orderId).hasLeft = true;
    }
  }

  /** @param entries the documents as their own streams tell them, once the system is at rest */
  check(entries: ReadonlyMap<string, Entry>): Check {
    for (const [id, entry] of entries) {
      const rules = RULES[entry.kind];
      if (!rules) continue;
      const settlement = this.settlements.get(id) ?? UNTOUCHED;
      const wrong = rules.map((rule) => rule(entry, settlement)).filter((part) => part !== false);
      this.findings.look(wrong.length > 0 && `${entry.kind} ${id} is ${entry.status}, but ${wrong.join(', and ')}`);
    }
    for (const id of this.settlements.keys()) {
      if (!entries.has(id)) this.findings.violation(`goods or money moved for an order ${id} that nobody placed`);
    }
    return this.findings.check;
  }

  private goods(goods: Settlement['goods'], { reservationId, demand }: { reservationId: string; demand?: Demand }): void {
    if (demand === 'direct') this.direct.add(reservationId);
    if (!this.direct.has(reservationId)) this.of(reservationId).goods = goods;
  }

  private of(id: string): Settlement {
    const known = this.settlements.get(id);
    if (known) return known;
    const settlement = { ...UNTOUCHED };
    this.settlements.set(id, settlement);
    return settlement;
  }
}

/** What is wrong with an order, in words that continue "the order is confirmed, but …"; false when nothing is. */
type Rule = (entry: Entry, settlement: Settlement) => string | false;

const GOODS_OF: Readonly<Partial<Record<string, readonly Settlement['goods'][]>>> = {
  ...{ confirmed: ['held'], accepted: ['held'] },
  ...{ shipped: ['shipped'], delivered: ['shipped'], received: ['shipped'] },
  ...{ rejected: ['none', 'refused', 'released'], cancelled: ['none', 'refused', 'released'] },
};
const SENT = ['shipped', 'delivered'];
const PROMISED = ['confirmed', ...SENT];

const isDecided: Rule = ({ status }) =>
  (status === 'pending' || status === 'cancelling') && 'nothing is on its way that would decide it';
const goodsFit: Rule = ({ status }, { goods }) =>
  GOODS_OF[status]?.includes(goods) === false && `its goods are ${goods === 'none' ? 'not held' : goods}`;
const leftOnce: Rule = ({ status }, { hasLeft }) =>
  hasLeft !== SENT.includes(status) && `its parcel has ${hasLeft ? '' : 'not '}left`;
const authorizedOnce: Rule = (_, { authorizations }) => authorizations > 1 && `its money was authorized ${authorizations} times`;
const authorizedFully: Rule = ({ status, totals }, { authorizedMinor, currency }) => {
  const isRight = authorizedMinor === totals.amountMinor && currency === totals.currency;
  return PROMISED.includes(status) && !isRight && `${authorizedMinor} was authorized of ${totals.amountMinor}`;
};
const capturedOnce: Rule = (_, { captures, hasLeft }) =>
  captures !== (hasLeft ? 1 : 0) && `its money was captured ${captures} times`;
const capturedFully: Rule = ({ totals }, { capturedMinor, hasLeft }) =>
  hasLeft && capturedMinor !== totals.amountMinor && `${capturedMinor} was captured of ${totals.amountMinor}`;
const nothingIsKept: Rule = ({ status }, { authorizations, voids }) =>
  !PROMISED.includes(status) &&
  authorizations !== voids &&
  `its money was authorized ${authorizations} times and voided ${voids}`;
const refundedAtMost: Rule = (_, { refundedMinor, capturedMinor }) =>
  refundedMinor > capturedMinor && `${refundedMinor} was refunded of ${capturedMinor}`;

const RULES: Readonly<Partial<Record<string, readonly Rule[]>>> = {
  'storefront-order': [
    ...[isDecided, goodsFit, leftOnce, authorizedOnce, authorizedFully],
    ...[capturedOnce, capturedFully, nothingIsKept, refundedAtMost],
  ],
  'lingshoutong-order': [isDecided, goodsFit],
};

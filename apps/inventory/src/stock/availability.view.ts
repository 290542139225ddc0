import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { StockEvents, StockPromiseEvents } from '#libs/contracts';
import { viewOf, type RowChange } from '#libs/eventsourcing/vocabulary';
import { policyRow, promises, soldByTill, used, type PolicyRow, type Promises } from './channel-promises';

/** One SKU at one place. The row stays once the SKU has been there: it says that the place carries it. */
@Entity({ schema: 'inventory', name: 'availability' })
export class AvailabilityRow {
  @PrimaryColumn('text')
  sku!: string;

  @PrimaryColumn('text')
  location!: string;

  @Column('bigint', { name: 'on_hand' })
  onHand!: number;

  @Column('bigint')
  reserved!: number;

  /** On hand, less reserved, less quarantined; stored, because every order is sourced by it. */
  @Column('bigint')
  available!: number;

  /** On the way here from other places of ours. */
  @Column('bigint', { name: 'in_transit' })
  inTransit!: number;

  /** On hand and kept from sale. */
  @Column('bigint')
  quarantined!: number;

  /** How promises are shared between channels here; null: they are not. */
  @Column('jsonb', { nullable: true })
  policy!: PolicyRow | null;

  /** What each channel can be promised; null where that is what is available. Only says where to look: the stocks decide. */
  @Column('jsonb', { nullable: true })
  promised!: Promises | null;
}

interface Moved {
  sku: string;
  location: string;
}

type Rule = (policy: PolicyRow | null) => PolicyRow | null;
const NOTHING = { onHand: 0, reserved: 0, inTransit: 0, quarantined: 0, policy: null };
const asBefore: Rule = (policy) => policy;

/** How many units one event adds to what is on hand, reserved, in transit and quarantined, and what it does to the policy. */
function move(
  { sku, location }: Moved,
  by: { onHand?: number; reserved?: number; inTransit?: number; quarantined?: number },
  rule = asBefore,
): RowChange<AvailabilityRow>[] {
  const change = (row: AvailabilityRow | undefined): AvailabilityRow => {
    const before = row ?? NOTHING;
    const onHand = before.onHand + (by.onHand ?? 0);
    const reserved = before.reserved + (by.reserved ?? 0);
    const inTransit = before.inTransit + (by.inTransit ?? 0);
    const quarantined = before.quarantined + (by.quarantined ?? 0);
    const policy = rule(before.policy);
    const promised = policy && promises({ onHand, reserved, quarantined }, policy);
    const available = onHand - reserved - quarantined;
    return { sku, location, onHand, reserved, available, inTransit, quarantined, policy, promised };
  };
  return [{ key: { sku, location }, change }];
}

export const availabilityView = viewOf<StockEvents & StockPromiseEvents>()({
  name: 'availability',
  row: AvailabilityRow,
  sources: ['inventory'],
  on: {
    StockReceived: ({ data }) => move(data, { onHand: data.quantity }),
    StockReserved: ({ data }) => move(data, { reserved: data.quantity }, (policy) => used(policy, data.draws, 1)),
    StockReleased: ({ data }) => move(data, { reserved: -data.quantity }, (policy) => used(policy, data.draws, -1)),
    StockShipped: ({ data }) => move(data, { onHand: -data.quantity, reserved: -data.quantity }),
    StockSold: ({ data }) => move(data, { onHand: -data.quantity }, (policy) => soldByTill(policy, data.quantity)),
    StockReturned: ({ data }) => move(data, { onHand: data.quantity }),
    StockAdjusted: ({ data }) => move(data, { onHand: data.quantity }),
    StockTransferSent: ({ data }) => move(data, { onHand: -data.quantity }),
    StockTransferAnnounced: ({ data }) => move(data, { inTransit: data.quantity }),
    StockTransferReceived: ({ data }) => move(data, { onHand: data.quantity, inTransit: -data.quantity }),
    StockTransferLost: ({ data }) => move(data, { inTransit: -data.quantity }),
    StockQuarantined: ({ data }) => move(data, { quarantined: data.quantity }),
    StockQuarantineReleased: ({ data }) => move(data, { quarantined: -data.quantity }),
    StockScrapped: ({ data }) => move(data, { onHand: -data.quantity, quarantined: -data.quantity }),
    StockPromisePolicySet: ({ data }) => move(data, {}, () => policyRow(data)),
    StockPromisePolicyWithdrawn: ({ data }) => move(data, {}, () => null),
  },
});

/** Where a SKU is, place by place. */
export class FindAvailability {
  constructor(readonly sku: string) {}
}

export const findAvailability = async ({ sku }: FindAvailability, db: EntityManager): Promise<AvailabilityRow[]> =>
  db.find(AvailabilityRow, { where: { sku }, order: { location: 'ASC' } });

import type { StockEvents } from '#libs/contracts';
import type { Asked } from '../../system/api';
import type { Heads } from '../../system/at-rest';
import { LogReader } from '../../verify/read-logs';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';

/** What the logs say of a sale, whatever the buyers were told. */
export interface SaleBooks {
  /** Units of the SKU of which most were promised. */
  promised: number;
  /** Orders whose money is held or taken. */
  charged: number;
}

/** Reads what each sale has left in the logs. */
export class SaleLedger {
  private readonly reader: LogReader;

  constructor(api: Asked) {
    this.reader = new LogReader(api);
  }

  /** What was recorded since the last reading. */
  async since(heads: Heads): Promise<SaleBooks> {
    const promised = new Map<string, number>();
    const charged = new Set<string>();
    for await (const event of this.reader.through(heads)) count(event, promised, charged);
    return { promised: Math.max(0, ...promised.values()), charged: charged.size };
  }
}

function count({ type, data }: RecordedEvent, promised: Map<string, number>, charged: Set<string>): void {
  if (type === 'StockReserved' || type === 'StockReleased') {
    const { sku, quantity } = data as StockEvents['StockReserved'];
    promised.set(sku, (promised.get(sku) ?? 0) + (type === 'StockReserved' ? quantity : -quantity));
  }
  const { orderId } = data as { orderId: string };
  if (type === 'PaymentAuthorized') charged.add(orderId);
  if (type === 'PaymentVoided') charged.delete(orderId);
}

import { unitsOfLots, type LotLine, type StockEvents } from '#libs/contracts';
import type { RecordedEvent } from '#libs/eventsourcing/vocabulary';
import { Findings, type Check } from './findings';
import { placeOf } from './log-auditor';

/** What one event does with the units of each lot that it names, so many times. */
type Effect = Partial<Record<'units' | 'kept' | 'inTransit', 1 | 0 | -1>>;

type Moved = LotLine & { location: string; transferId?: string };

const EFFECTS: Readonly<Partial<Record<string, (data: Moved) => Effect>>> = {
  StockReceived: () => ({ units: 1 }),
  StockShipped: () => ({ units: -1 }),
  StockSold: () => ({ units: -1 }),
  StockReturned: () => ({ units: 1 }),
  StockAdjusted: ({ quantity }) => ({ units: quantity < 0 ? -1 : 1 }),
  StockTransferSent: () => ({ units: -1, inTransit: 1 }),
  StockTransferReceived: () => ({ units: 1, inTransit: -1 }),
  StockTransferLost: () => ({ inTransit: -1 }),
  StockQuarantined: () => ({ kept: 1 }),
  StockQuarantineReleased: () => ({ kept: -1 }),
  StockScrapped: () => ({ units: -1, kept: -1 }),
} satisfies Partial<Record<keyof StockEvents, (data: Moved) => Effect>>;

interface Balance {
  units: number;
  kept: number;
}

/** Of no lot more leaves a place than came there, none of it is kept from sale that is not there, and none arrives that was not sent. */
export class LotAuditor {
  private readonly findings = new Findings('lots-conserved');
  private readonly lots = new Map<string, Balance>();
  /** Units of a lot that are on their way, by transfer. */
  private readonly underWay = new Map<string, number>();

  take(event: RecordedEvent): void {
    const effect = event.source === 'inventory' ? EFFECTS[event.type] : undefined;
    const data = event.data as Moved;
    if (!effect || !data.lots) return;
    const ofLots = unitsOfLots(data.lots);
    this.findings.look(
      ofLots > Math.abs(data.quantity) && `${placeOf(event)} names ${ofLots} units of lots and moves ${data.quantity}`,
    );
    this.move(data, effect(data));
  }

  get check(): Check {
    for (const [name, { units, kept }] of this.lots) {
      this.findings.look(units < 0 && `${name}: ${-units} more units have left than came`);
      this.findings.look(
        (kept < 0 || kept > Math.max(0, units)) && `${name}: ${kept} units are kept from sale, and ${units} are there`,
      );
    }
    for (const [name, units] of this.underWay)
      this.findings.look(units < 0 && `${name}: ${-units} more units have arrived than were sent`);
    return this.findings.check;
  }

  private move({ sku, location, transferId, lots = [] }: Moved, { units = 0, kept = 0, inTransit = 0 }: Effect): void {
    for (const { lot, quantity } of lots) {
      const name = `lot ${lot} of ${sku}@${location}`;
      const before = this.lots.get(name) ?? { units: 0, kept: 0 };
      this.lots.set(name, { units: before.units + units * quantity, kept: before.kept + kept * quantity });
      if (inTransit === 0) continue;
      const way = `lot ${lot} of ${sku} on transfer ${transferId}`;
      this.underWay.set(way, (this.underWay.get(way) ?? 0) + inTransit * quantity);
    }
  }
}

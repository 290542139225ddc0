import { bars } from '../bench/frame/bars';
import { table } from '../table';
import type { Change } from './change';
import type { Figures } from './figures';
import type { Comparison } from './replay-slice';

interface Row {
  name: string;
  label: string;
  unit: string;
  value: (figures: Figures) => number;
}

/** What people decide by, each in the unit in which they think of it. */
const ROWS: readonly Row[] = [
  { name: 'fill rate', label: 'orders filled', unit: '%', value: ({ fillRate }) => 100 * fillRate },
  { name: 'refused', label: 'orders refused', unit: 'orders', value: ({ refused }) => refused },
  { name: 'expired', label: 'orders not confirmed in time', unit: 'orders', value: ({ expired }) => expired },
  { name: 'splits', label: 'orders in several parcels', unit: 'orders', value: ({ splits }) => splits },
  { name: 'distance', label: 'mean way to the customer', unit: 'km', value: ({ meanDistanceKm }) => meanDistanceKm },
  { name: 'oversell', label: 'promised units that were gone', unit: 'units', value: ({ oversold }) => oversold },
];

/** The two runs side by side, as a table and as bars, and for whom the change matters. */
export function comparisonInWords(comparison: Comparison): string {
  const { from, to, events, change, baseline, changed, affected } = comparison;
  const { gained, lost, moved } = affected;
  return [
    `${from} to ${to}: ${baseline.orders.toLocaleString('en-US')} orders, ${events.toLocaleString('en-US')} events, with ${changeInWords(change)}.`,
    ...['', sideBySide(baseline, changed), ''],
    ...ROWS.filter(({ value }) => value(baseline) + value(changed) > 0).flatMap((row) => [
      row.label,
      ...twoBars(row, baseline, changed),
    ]),
    '',
    `${gained} orders are filled that were not, ${lost} are not that were, and ${moved} come from another place.`,
    trust(comparison),
  ].join('\n');
}

function sideBySide(baseline: Figures, changed: Figures): string {
  const rows = ROWS.map(({ name, unit, value }) => {
    const [before, after] = [value(baseline), value(changed)];
    return [name, spelled(before), spelled(after), `${after > before ? '+' : ''}${spelled(after - before)}`, unit];
  });
  return table(['', 'as it was', 'changed', 'difference', 'unit'], rows, ['as it was', 'changed', 'difference']);
}

function twoBars({ unit, value }: Row, baseline: Figures, changed: Figures): string[] {
  return bars([
    { label: 'as it was', value: value(baseline), unit },
    { label: 'changed', value: value(changed), unit },
  ]);
}

function changeInWords({ safetyStock, ttlSeconds, rule }: Change): string {
  const parts = [
    safetyStock === undefined ? '' : `a safety stock of ${safetyStock} everywhere`,
    ttlSeconds === undefined ? '' : `${ttlSeconds} s to confirm what is held`,
    rule ? 'another sourcing rule' : '',
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(' and ') : 'nothing changed';
}

function trust({ reproduced: { decisions, same, differing } }: Comparison): string {
  if (same === decisions) return `Replayed with nothing changed, all ${decisions} decisions come out as they did.`;
  const others = differing.join(', ');
  return `Replayed with nothing changed, ${decisions - same} of ${decisions} decisions come out otherwise than they did: ${others}.`;
}

function spelled(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

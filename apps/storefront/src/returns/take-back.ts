import { lineAmountMinor, stockedLines, type StockLine, type TradeLine } from '#libs/contracts';
import { Refusal } from '#libs/eventsourcing/vocabulary';

/** An order as far as a return has to know it. */
export interface Bought {
  orderId: string;
  lines: readonly TradeLine[];
  /** Units that came back before, by SKU. */
  returned: ReadonlyMap<string, number>;
}

/**
 * The lines of an order that come back, at the price that was paid. Units of one SKU come back in the order in which the lines
 * name them.
 * @throws Refusal `more-than-sold`
 */
export function takeBack(asked: readonly StockLine[], bought: Bought): TradeLine[] {
  const wanted = stockedLines(asked.map(({ sku, quantity }) => ({ sku, quantity })));
  return wanted.flatMap(({ sku, quantity }) => {
    const skip = bought.returned.get(sku) ?? 0;
    const lines = bought.lines.filter((line) => line.sku === sku);
    const left = lines.reduce((sum, line) => sum + line.quantity, 0) - skip;
    if (quantity > left) throw moreThanSold(bought.orderId, { sku, quantity }, left);
    return unitsOf(lines, skip, skip + quantity);
  });
}

/** The units from the `from`th up to the `to`th of these lines. */
function unitsOf(lines: readonly TradeLine[], from: number, to: number): TradeLine[] {
  const parts: TradeLine[] = [];
  let before = 0;
  for (const line of lines) {
    const first = Math.max(from - before, 0);
    const end = Math.min(to - before, line.quantity);
    if (first < end) parts.push(part(line, first, end));
    before += line.quantity;
  }
  return parts;
}

/** Parts of a line are rounded so that all of them together are worth what the line was: no penny is kept, none is given. */
function part(line: TradeLine, first: number, end: number): TradeLine {
  const amountMinor = lineAmountMinor(line.unitPrice, end) - lineAmountMinor(line.unitPrice, first);
  return { ...line, quantity: end - first, amountMinor };
}

function moreThanSold(orderId: string, { sku, quantity }: StockLine, left: number): Refusal {
  return new Refusal(
    'more-than-sold',
    `${quantity} of ${sku} cannot come back from order ${orderId}: ${left} of it are still out.`,
    'Return no more than was ordered; for goods from elsewhere leave orderId out.',
  );
}

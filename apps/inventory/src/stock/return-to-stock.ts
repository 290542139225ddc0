import { stockedLines, type GradedLine, type StockEvents, type StockLine } from '#libs/contracts';
import { to, type DecideAcross, type EventOf, type StreamEvents, type StreamRef } from '#libs/eventsourcing/vocabulary';
import { quarantine } from '../quarantine/quarantine';
import { stock, stockAt, stockId } from './stock';

/** Puts what a customer gave back on the books of the place that took it: on the shelf, or where its grade says. */
export class ReturnToStock {
  returnId!: string;
  location!: string;
  /** One line per SKU, stocked ones only. */
  lines!: StockLine[];
  /** Those of them that are not fit for the shelf, one line per SKU and grade; absent: all are. */
  grades?: GradedLine[];
  /** Why they came back. */
  reason?: string;
}

/**
 * Never refused: the goods are there. What is not fit for the shelf is never for sale, not even for a moment: it is quarantined in
 * the same write, under the id of the return, and what is waste is scrapped from there.
 */
export const returnToStock: DecideAcross<ReturnToStock> = (command) => {
  const { location, lines, returnId } = command;
  const goods = lines.map(({ sku, quantity }) => {
    const returned = { type: 'StockReturned' as const, data: { sku, quantity, location, returnId } };
    return to(stock, stockId(sku, location), returned, ...keptApart(command, sku));
  });
  return [...goods, ...documents(command)];
};

/** The stocks and, where not everything goes to the shelf, the quarantine. */
export function returnedStreams({ returnId, location, lines, grades = [] }: ReturnToStock): StreamRef[] {
  return [...stockAt(location, lines), ...(grades.length > 0 ? [{ aggregate: quarantine, id: returnId }] : [])];
}

const waste = (grades: readonly GradedLine[]): StockLine[] => stockedLines(grades.filter(({ grade }) => grade === 'scrap'));

function keptApart(
  { returnId: quarantineId, location, grades = [], reason = '' }: ReturnToStock,
  sku: string,
): EventOf<StockEvents>[] {
  const ofSku = (lines: readonly StockLine[]): StockLine[] => lines.filter((line) => line.sku === sku);
  const kept = ofSku(stockedLines(grades)).map((line) => ({
    ...{ type: 'StockQuarantined' as const },
    data: { ...line, location, quarantineId },
  }));
  const scrapped = ofSku(waste(grades)).map((line) => ({
    ...{ type: 'StockScrapped' as const },
    data: { ...line, location, quarantineId, reason },
  }));
  return [...kept, ...scrapped];
}

function documents({ returnId, location, grades = [], reason = '' }: ReturnToStock): StreamEvents[] {
  if (grades.length === 0) return [];
  const id = { quarantineId: returnId, location };
  const opened = { type: 'QuarantineOpened' as const, data: { ...id, lines: stockedLines(grades), reason, returnId } };
  const lines = waste(grades);
  const scrapped = { type: 'QuarantineScrapped' as const, data: { ...id, lines, reason } };
  return [to(quarantine, returnId, opened, ...(lines.length > 0 ? [scrapped] : []))];
}

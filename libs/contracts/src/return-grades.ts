import { stockedLines, type StockLine, type TradeLine } from './values';

/** How goods were found that came back: fit for sale, to be looked at, or waste. */
export const RETURN_GRADES = ['shelf', 'quarantine', 'scrap'] as const;
export type ReturnGrade = (typeof RETURN_GRADES)[number];

/** Goods of a return that do not go back to the shelf. */
export interface GradedLine extends StockLine {
  grade: Exclude<ReturnGrade, 'shelf'>;
}

const OFF_THE_SHELF = ['quarantine', 'scrap'] as const;

/** The goods that whoever took them back did not find fit for the shelf; bundles taken apart as the lines of the return say, services left out. */
export function gradesOf(asked: readonly (StockLine & { grade?: ReturnGrade })[], lines: readonly TradeLine[]): GradedLine[] {
  return OFF_THE_SHELF.flatMap((grade) => {
    const found = asked.filter((line) => line.grade === grade);
    const goods = found.map(({ sku, quantity }) => ({ ...lines.find((line) => line.sku === sku), sku, quantity }));
    return stockedLines(goods).map((line) => ({ ...line, grade }));
  });
}

import { recordsOf } from './csv-records';
import { linesOf } from './lines';
import { columnsIn, rowOf, RowFault, type Row } from './row';

/** A row that cannot be sent, and why, in words that continue "line 7 …". */
export interface BrokenRow {
  line: number;
  fault: string;
}

/**
 * The invoices of a trading file, each with all of its rows, which stand together. Reads as it goes, so that the size of
 * the file does not matter. Rows that are none are told to `broken` and left out.
 * @throws RowFault when the heading is not that of a trading file
 */
export async function* invoicesOf(path: string, broken: (row: BrokenRow) => void): AsyncGenerator<Row[]> {
  let invoice: Row[] = [];
  for await (const row of rowsOf(path, broken)) {
    if (invoice[0] && invoice[0].invoice !== row.invoice) {
      yield invoice;
      invoice = [];
    }
    invoice.push(row);
  }
  if (invoice.length > 0) yield invoice;
}

async function* rowsOf(path: string, broken: (row: BrokenRow) => void): AsyncGenerator<Row> {
  const lines = linesOf(path);
  const first = ((await lines.next()).value as string | undefined) ?? '';
  const heading = first.split(',').map((name) => name.replace(/^\uFEFF/, '').replace(/^"(.*)"$/, '$1'));
  const pick = columnsIn(heading);
  for await (const record of recordsOf(lines, heading.length, 2)) {
    if ('fault' in record) broken(record);
    else {
      const row = readable(record.line, pick(record.fields), broken);
      if (row) yield row;
    }
  }
}

function readable(line: number, fields: Parameters<typeof rowOf>[1], broken: (row: BrokenRow) => void): Row | undefined {
  try {
    return rowOf(line, fields);
  } catch (error) {
    if (!(error instanceof RowFault)) throw error;
    broken({ line, fault: error.message });
    return undefined;
  }
}

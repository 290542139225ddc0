import type { Readable } from 'node:stream';
import { parse, type CsvError } from 'csv-parse';
import { Refusal } from '#libs/eventsourcing/vocabulary';

/** One row of a file; `line` is where it ends, from 1. */
export interface CsvRow {
  line: number;
  cells: string[];
}

const MAX_ROW_BYTES = 64 * 1024;

/**
 * The rows of a CSV file (RFC 4180) while it comes in, `atOnce` together: the next are read when these are done with, so that a long
 * file takes no more memory than a short one. Empty lines are none. Refuses from where on it is no CSV.
 */
export async function* rowsOf(file: Readable, atOnce: number): AsyncGenerator<CsvRow[]> {
  const parser = file.pipe(
    parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: MAX_ROW_BYTES }),
  );
  // A sender who goes away ends the file; without this, it would be waited for.
  file.on('error', (error) => parser.destroy(error));
  let rows: CsvRow[] = [];
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      rows.push({ line: info.lines, cells: record });
      if (rows.length < atOnce) continue;
      yield rows;
      rows = [];
    }
  } catch (error) {
    if (!isCsvError(error)) throw error;
    if (rows.length > 0) yield rows;
    throw unreadable(error);
  }
  if (rows.length > 0) yield rows;
}

const isCsvError = (error: unknown): error is CsvError => String((error as { code?: unknown }).code).startsWith('CSV_');

function unreadable({ message }: CsvError): Refusal {
  return new Refusal(
    'unreadable-csv',
    `From there on the file is no CSV: ${message}`,
    'Correct it there and send the file again: what is known already changes nothing.',
  );
}

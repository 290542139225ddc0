import { parse } from 'csv-parse/sync';

/** A record of a CSV file, or a line that is none; `line` counts from 1. */
export type CsvRecord = { line: number; fields: string[] } | { line: number; fault: string };

interface NumberedLine {
  line: number;
  text: string;
}

/** A quoted field may hold line breaks, but not many: a quote that is never closed must not swallow the file. */
const LONGEST_RECORD = 10;

/**
 * The records of a CSV file (RFC 4180). A line that cannot be read is told by itself, and reading goes on with the next
 * one. `width` is how many fields a record has.
 */
export async function* recordsOf(lines: AsyncIterable<string>, width: number, first = 1): AsyncGenerator<CsvRecord> {
  const ahead = new Lookahead(lines, first);
  for (let next = await ahead.take(); next; next = await ahead.take()) {
    if (next.text === '') continue;
    yield next.text.includes('"') ? await quoted(next, ahead, width) : checked(next.line, next.text.split(','), width);
  }
}

/** A record with quotes; it may go on in the lines that follow. */
async function quoted({ line, text }: NumberedLine, ahead: Lookahead, width: number): Promise<CsvRecord> {
  const alone = fieldsIn(text);
  if (Array.isArray(alone)) return checked(line, alone, width);
  let joined = text;
  for (let more = 0; more < LONGEST_RECORD; more++) {
    const next = await ahead.peek(more);
    if (!next) break;
    joined += `\n${next.text}`;
    const fields = fieldsIn(joined);
    if (Array.isArray(fields) && fields.length === width) {
      ahead.drop(more + 1);
      return { line, fields };
    }
  }
  return { line, fault: alone };
}

function checked(line: number, fields: string[], width: number): CsvRecord {
  if (fields.length === width) return { line, fields };
  return { line, fault: `has ${fields.length} fields where ${width} are expected` };
}

/** The fields of one record, or what is wrong with it. */
function fieldsIn(text: string): string[] | string {
  try {
    return parse(text, { relax_column_count: true })[0] ?? [];
  } catch (error) {
    return (error as { code?: string }).code === 'CSV_QUOTE_NOT_CLOSED'
      ? 'opens a quote that is not closed'
      : 'has a quote where none can be';
  }
}

/** Numbers lines, and lets somebody see what follows without taking it. */
class Lookahead {
  private readonly lines: AsyncIterator<string>;
  private readonly seen: NumberedLine[] = [];

  constructor(
    lines: AsyncIterable<string>,
    private number: number,
  ) {
    this.lines = lines[Symbol.asyncIterator]();
  }

  async take(): Promise<NumberedLine | undefined> {
    return this.seen.shift() ?? this.read();
  }

  async peek(index: number): Promise<NumberedLine | undefined> {
    while (this.seen.length <= index) {
      const next = await this.read();
      if (!next) return undefined;
      this.seen.push(next);
    }
    return this.seen[index];
  }

  drop(count: number): void {
    this.seen.splice(0, count);
  }

  private async read(): Promise<NumberedLine | undefined> {
    const next = await this.lines.next();
    return next.done ? undefined : { line: this.number++, text: next.value };
  }
}

import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { derivedId, dispatch } from '#libs/eventsourcing';
import { Refusal } from '#libs/eventsourcing/vocabulary';
import { BodyPipe, csvIn, Problem, TakesCsv, Write, type FieldError, type WriteRequest } from '#libs/platform';
import { rowsOf, type CsvRow } from './csv-rows.http';
import type { Location } from './location';
import { columnsOf, locationIn, type Column } from './location-csv';
import { RegisterLocation } from './register-location';

/** What is wrong with a row; `line` is that of the file, from 1. */
interface RowError {
  line: number;
  code: string;
  detail: string;
  remedy: string;
  errors?: readonly FieldError[];
}

interface Imported {
  /** Rows without the header. */
  rows: number;
  registered: number;
  changed: number;
  /** Rows that say what is known. */
  unchanged: number;
  rejected: number;
  /** The first hundred rows that were rejected. */
  errors: RowError[];
}

const ROWS_AT_ONCE = 500;
const MAX_ERRORS = 100;
const COLUMNS =
  'The first row names the columns: id, name, kind, latitude, longitude, and any of capabilities (ships pickup), timeZone, ' +
  'openingHours (mon-fri 08:00-12:00 13:00-20:00; sat,sun 10:00-18:00), serviceRadiusMeters, serviceArea (a GeoJSON ring), dailyOrders.';

@ApiTags('inventory')
@Controller('inventory/locations')
export class ImportLocationsHttp {
  private readonly bodies = new BodyPipe();

  constructor(private readonly commands: CommandBus) {}

  /**
   * Row by row as `PUT /inventory/locations/:id`, while the file comes in: good rows are taken, bad ones are told by their line.
   * Sending a file again changes nothing. 422 `unreadable-header` when the first row does not name the columns, 422
   * `unreadable-csv` from where on it is none; the rows before were taken.
   */
  @Post('import')
  @HttpCode(200)
  @TakesCsv(COLUMNS)
  @ApiOperation({ summary: 'Register or change the locations of a CSV file' })
  async import(@Body() upload: unknown, @Write() write: WriteRequest): Promise<Imported> {
    const imported: Imported = { rows: 0, registered: 0, changed: 0, unchanged: 0, rejected: 0, errors: [] };
    let columns: Column[] | undefined;
    for await (const rows of rowsOf(csvIn(upload), ROWS_AT_ONCE)) {
      const known = (columns ??= columnsOf(rows.shift()?.cells ?? []));
      await Promise.all(rows.map((row) => this.take(row, known, { imported, write })));
    }
    if (!columns) columnsOf([]);
    imported.errors.sort((a, b) => a.line - b.line).splice(MAX_ERRORS);
    return imported;
  }

  private async take(row: CsvRow, columns: Column[], to: { imported: Imported; write: WriteRequest }): Promise<void> {
    const { imported, write } = to;
    imported.rows++;
    try {
      imported[await this.register(row, columns, write)]++;
    } catch (error) {
      if (!(error instanceof Refusal) && !(error instanceof Problem)) throw error;
      imported.rejected++;
      imported.errors.push({ line: row.line, ...told(error) });
    }
  }

  private async register(row: CsvRow, columns: Column[], write: WriteRequest): Promise<'registered' | 'changed' | 'unchanged'> {
    const { id, body } = locationIn(columns, row.cells);
    const command = this.bodies.transform(body, { type: 'body', metatype: RegisterLocation }) as RegisterLocation;
    command.location = id;
    // The same row under the same key is the same intent; a file that was corrected is another, line by line.
    const commandId = derivedId(`${write.commandId}/${JSON.stringify(row)}`);
    const outcome = await dispatch<Location>(this.commands, command, { commandId, by: write.by, now: write.now });
    if (outcome.created) return 'registered';
    return outcome.position === '' ? 'unchanged' : 'changed';
  }
}

function told(error: Refusal | Problem): Omit<RowError, 'line'> {
  const { code, detail, remedy } = error instanceof Problem ? error.facts : error;
  const errors = error instanceof Problem ? error.facts.errors : undefined;
  return { code, detail, remedy, ...(errors && { errors }) };
}

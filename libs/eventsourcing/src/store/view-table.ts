import type { PoolClient } from 'pg';
import { binaryArray, isBinaryType, type Element } from './array-binary';

/** One column of a view table: the property of the row class, the column, its PostgreSQL type, whether it is in the key. */
export interface ViewColumn {
  property: string;
  column: string;
  type: string;
  key: boolean;
}

/** Reads and writes the rows of one view, many at a time. */
export class ViewTable<R extends object = object> {
  private readonly keys: ViewColumn[];
  private readonly loadSql: string;
  private readonly upsertSql: string;

  /** @param table the quoted, schema-qualified table name */
  constructor(
    readonly table: string,
    readonly columns: readonly ViewColumn[],
  ) {
    this.keys = columns.filter((column) => column.key);
    this.loadSql = loadSql(table, columns, this.keys);
    this.upsertSql = upsertSql(table, columns);
  }

  /** The same view in another table. */
  in(table: string): ViewTable<R> {
    return new ViewTable<R>(table, this.columns);
  }

  /** Names a row by its key, whatever else the object holds. */
  nameOf(key: Partial<R>): string {
    if (this.keys.length === 1) return String((key as Record<string, unknown>)[this.keys[0]?.property ?? '']);
    // PostgreSQL has no text with this character in it, so that two keys never have one name.
    return this.keys.map(({ property }) => String((key as Record<string, unknown>)[property])).join('\u0000');
  }

  /** The rows that exist among these keys, by name. */
  async load(client: PoolClient, keys: readonly Partial<R>[]): Promise<Map<string, R>> {
    const values = this.keys.map((column) => list(column, keys));
    const found = await client.query<R>({ name: `load-${this.table}`, text: this.loadSql, values });
    return new Map(found.rows.map((row) => [this.nameOf(row), row]));
  }

  /** Writes whole rows, new or not. */
  async upsert(client: PoolClient, rows: readonly R[]): Promise<void> {
    const values = this.columns.map((column) => list(column, rows));
    await client.query({ name: `upsert-${this.table}`, text: this.upsertSql, values });
  }
}

/** What the rows hold in a column, as the server reads it fastest; what is not known here is left to the driver. */
function list(column: ViewColumn, rows: readonly object[]): unknown {
  const type = sentAs(column);
  const values = rows.map((row) => valueOf(column, row));
  return isBinaryType(type) ? binaryArray(type, values as Element[]) : values;
}

function valueOf({ property, type }: ViewColumn, row: object): unknown {
  const value = (row as Record<string, unknown>)[property];
  if (value === undefined || value === null) return null;
  return type === 'jsonb' ? JSON.stringify(value) : value;
}

/** JSON travels as text, because the driver would take a nested array for an SQL array. */
const sentAs = ({ type }: ViewColumn): string => (type === 'jsonb' ? 'text' : type);
const parameter = (column: ViewColumn, n: number): string => `$${n + 1}::${sentAs(column)}[]`;
const quoted = (column: ViewColumn): string => `"${column.column}"`;

/** Each key goes to its row by the index, see `PLANS` in `connection.ts`: the limit is what keeps it so. */
function loadSql(table: string, columns: readonly ViewColumn[], keys: readonly ViewColumn[]): string {
  const wanted = columns.map((column) => `t.${quoted(column)} AS "${column.property}"`).join(', ');
  const match = keys.map((key) => `x.${quoted(key)} = k.${quoted(key)}`).join(' AND ');
  return `SELECT ${wanted} FROM unnest(${keys.map(parameter).join(', ')}) AS k(${keys.map(quoted).join(', ')}),
          LATERAL (SELECT * FROM ${table} x WHERE ${match} LIMIT 1) t`;
}

function upsertSql(table: string, columns: readonly ViewColumn[]): string {
  const names = columns.map(quoted).join(', ');
  const values = columns.map((column) => `u.${quoted(column)}${column.type === 'jsonb' ? '::jsonb' : ''}`).join(', ');
  const keys = columns.filter((column) => column.key).map(quoted);
  const rest = columns.filter((column) => !column.key).map((column) => `${quoted(column)} = EXCLUDED.${quoted(column)}`);
  const onConflict = rest.length > 0 ? `DO UPDATE SET ${rest.join(', ')}` : 'DO NOTHING';
  return `INSERT INTO ${table} (${names}) SELECT ${values} FROM unnest(${columns.map(parameter).join(', ')}) AS u(${names})
          ON CONFLICT (${keys.join(', ')}) ${onConflict}`;
}

import { setTimeout } from 'node:timers/promises';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { openPool, RELAXED } from '../store/connection';
import { isUnavailable } from '../store/faults';
import { migrate, schemaOf } from '../store/migrate';
import { ViewTable } from '../store/view-table';
import type { BoundView } from '../run/fold-view';
import type { EventSourcingOptions, ServiceDefinition } from './options';

/** The connections of one service. */
export interface Database {
  schema: string;
  /** For the log: nothing is answered before it is on disk. */
  log: Pool;
  /** For views, checkpoints and leases; what is no transaction may be lost with a power cut. */
  relaxed: Pool;
  /** For queries and migrations. */
  source: DataSource;
  close(): Promise<void>;
}

const PATIENCE_MS = 30_000;
const RETRY_MS = 1000;

/** Connects, and brings the schema up to date. Waits a while for a database that is still starting, and says so. */
export async function openDatabase(options: EventSourcingOptions, definition: ServiceDefinition): Promise<Database> {
  const schema = schemaOf(definition.service);
  const named = nameOf(options, definition);
  const log = openPool(options.databaseUrl, 4, { application_name: named('log') });
  // One of them listens, and one makes a view again now and then.
  const relaxed = openPool(options.databaseUrl, 7, { ...RELAXED, application_name: named('views') });
  const source = dataSource(options, definition, schema.replaceAll('"', ''));
  const close = async (): Promise<void> => {
    if (source.isInitialized) await source.destroy();
    await Promise.all([log.end(), relaxed.end()]);
  };
  try {
    await patiently(options, definition.service, async () => {
      await migrate(log, definition.service, { log: true, lanes: options.lanes });
      await migrateViews(source, log, definition.service);
    });
  } catch (error) {
    await close();
    throw error;
  }
  return { schema, log, relaxed, source, close };
}

/** `retail.inventory.log`: so that pg_stat_activity tells which connections of which service do what. */
function nameOf({ namespace }: EventSourcingOptions, { service }: ServiceDefinition): (use: string) => string {
  return (use) => `${namespace}.${service}.${use}`;
}

function dataSource(options: EventSourcingOptions, definition: ServiceDefinition, schema: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url: options.databaseUrl,
    applicationName: nameOf(options, definition)('queries'),
    schema,
    entities: (definition.views ?? []).map((view) => view.row),
    migrations: [...(definition.migrations ?? [])],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    poolSize: 4,
    parseInt8: true,
    // A pool that loses a connection reports it; the next query meets the same fault and tells its caller.
    poolErrorHandler: () => undefined,
  });
}

/** Instances that start together take turns: the second finds nothing left to do. */
async function migrateViews(source: DataSource, pool: Pool, service: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('SET lock_timeout = 0');
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [`migrate-views-${service}`]);
    if (!source.isInitialized) await source.initialize();
    await source.runMigrations();
  } finally {
    // The lock goes with the session.
    client.release(true);
  }
}

async function patiently(options: EventSourcingOptions, service: string, work: () => Promise<void>): Promise<void> {
  for (const deadline = performance.now() + PATIENCE_MS; ;) {
    try {
      return await work();
    } catch (error) {
      if (!isUnavailable(error) || performance.now() > deadline) throw error;
      options.observer.failed(service, 'PostgreSQL does not answer at DATABASE_URL; trying again', error);
      await setTimeout(RETRY_MS);
    }
  }
}

/** Pairs each view with its table, as its row class describes it. */
export function bindViews(definition: ServiceDefinition, source: DataSource): BoundView[] {
  return (definition.views ?? []).map((view) => {
    const entity = source.getMetadata(view.row);
    const columns = entity.columns.map((column) => ({
      property: column.propertyName,
      column: column.databaseName,
      type: String(column.type),
      key: column.isPrimary,
    }));
    return { view, table: new ViewTable(`"${entity.schema ?? ''}"."${entity.tableName}"`, columns) };
  });
}

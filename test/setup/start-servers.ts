import { startPostgres, type RunningServer } from './postgres';

declare global {
  // Set-up and tear-down are separate modules of the runner; the global object is all that they share.
  var testServers: RunningServer[] | undefined;
}

/** Starts what the suites need, once for the whole run, and tells them by environment where it is. */
export default async function startServers(): Promise<void> {
  const servers: RunningServer[] = (globalThis.testServers = []);
  if (!process.env['TEST_DATABASE_URL']) {
    const postgres = await startPostgres();
    servers.push(postgres);
    process.env['TEST_DATABASE_URL'] = postgres.url;
  }
}

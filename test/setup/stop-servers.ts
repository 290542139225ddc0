/** Stops what `start-servers` started; its files go with the process. */
export default async function stopServers(): Promise<void> {
  await Promise.all((globalThis.testServers?.servers ?? []).map((server) => server.stop()));
}

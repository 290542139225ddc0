/** Stops what `start-servers` started, the last one first. */
export default async function stopServers(): Promise<void> {
  for (const server of (globalThis.testServers ?? []).reverse()) await server.stop();
}

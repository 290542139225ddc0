import { Streams, type Resolve } from '#libs/eventsourcing';
import { quarantine, type Quarantine } from './quarantine';

/** What a quarantine keeps and where is in its own stream: it says which stocks are concerned. */
export async function theQuarantine({ quarantineId }: { quarantineId: string }, get: Resolve): Promise<Quarantine> {
  return (await get(Streams).read(quarantine, quarantineId)).state;
}

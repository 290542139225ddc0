import { Streams, type Resolve } from '#libs/eventsourcing';
import { transfer, type Transfer } from './transfer';

/** What a transfer moves and where is in its own stream: it says which stocks are concerned. */
export async function theTransfer({ transferId }: { transferId: string }, get: Resolve): Promise<Transfer> {
  return (await get(Streams).read(transfer, transferId)).state;
}

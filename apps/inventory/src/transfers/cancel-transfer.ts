import { IsOptional, IsString, Length } from 'class-validator';
import type { TransferEvents } from '#libs/contracts';
import type { Decide } from '#libs/eventsourcing/vocabulary';
import { standing, type Transfer } from './transfer';

/** Calls a transfer off before anything has left. */
export class CancelTransfer {
  /** From the path. */
  transferId!: string;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  reason?: string;
}

/** Refuses what has left: that can only be received, if need be as lost. */
export const cancelTransfer: Decide<CancelTransfer, Transfer, TransferEvents> = ({ transferId, reason }, state) => {
  const { from, to, lines } = standing(transferId, state, 'planned');
  const goods = lines.map(({ sku, quantity }) => ({ sku, quantity }));
  return [{ type: 'TransferCancelled', data: { transferId, from, to, lines: goods, ...(reason !== undefined && { reason }) } }];
};

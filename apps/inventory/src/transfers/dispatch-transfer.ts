import { IsISO8601, IsOptional, Matches } from 'class-validator';
import type { DecideAcross, StreamRef } from '#libs/eventsourcing/vocabulary';
import { expectedIn, MOMENT_PATTERN } from '../inbound/expected-at';
import { stockAt } from '../stock/stock';
import { dispatched } from './dispatched';
import { standing, transfer, type Transfer } from './transfer';

/** Sends the goods of a planned transfer. */
export class DispatchTransfer {
  /** From the path. */
  transferId!: string;

  /** When they should be there, where that is not what was planned. */
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(MOMENT_PATTERN)
  expectedAt?: string;

  /** When they left, where that was not just now. */
  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

/** Refuses what has left or was called off, and to send more than is available now. */
export const dispatchTransfer: DecideAcross<DispatchTransfer, Transfer> = ({ transferId, expectedAt }, stateOf, { now }) => {
  const { from, to, lines, expectedAt: planned } = standing(transferId, stateOf(transfer, transferId), 'planned');
  const due = expectedAt === undefined ? planned : expectedIn(expectedAt);
  const goods = lines.map(({ sku, quantity }) => ({ sku, quantity }));
  return dispatched({ transferId, from, to, lines: goods, ...(due !== undefined && { expectedAt: due }) }, stateOf, now);
};

/** The transfer, and the stocks of its goods at either end. */
export function dispatchStreams({ transferId }: DispatchTransfer, known: Transfer): StreamRef[] {
  const places = known ? [known.from, known.to] : [];
  return [{ aggregate: transfer, id: transferId }, ...places.flatMap((place) => stockAt(place, known?.lines ?? []))];
}

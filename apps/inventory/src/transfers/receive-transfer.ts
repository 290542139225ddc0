import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  MAX_LINES,
  MAX_QUANTITY,
  SKU_PATTERN,
  stockedLines,
  type ArrivedLine,
  type StockEvents,
  type StockLine,
} from '#libs/contracts';
import { Refusal, to, type DecideAcross, type EventOf, type StreamEvents, type StreamRef } from '#libs/eventsourcing/vocabulary';
import { firstOf, less, noting } from '../stock/lots';
import { stock, stockAt, stockId } from '../stock/stock';
import { standing, transfer, type Transfer, type TransferLine } from './transfer';

/** Units of one SKU that were counted in; nothing is an answer, too. */
export class CountedInLine {
  @Matches(SKU_PATTERN)
  sku!: string;

  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY)
  quantity!: number;
}

/** Books in what came of a transfer, and gives up on what will not come. */
export class ReceiveTransfer {
  /** From the path. */
  transferId!: string;

  /** What was counted; everything that is on its way when absent. Lines that repeat a SKU are added up. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => CountedInLine)
  lines?: CountedInLine[];

  /** Why the rest will not come: with it, all that is still missing is lost. Without it, the rest stays in transit. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  lostReason?: string;

  /** When the goods came in, where that was not just now. */
  @IsOptional()
  @IsISO8601()
  happenedAt?: string;
}

/** Refuses more than is on its way, a receipt of nothing at all, and what would have come before it was sent. */
export const receiveTransfer: DecideAcross<ReceiveTransfer, Transfer> = (command, stateOf, { now }) => {
  const { transferId, lostReason } = command;
  const { from, to: here, lines: sent, dispatchedAt = now } = standing(transferId, stateOf(transfer, transferId), 'in-transit');
  if (now < dispatchedAt) throw tooEarly(transferId, dispatchedAt);
  const counted = command.lines ? stockedLines(command.lines) : sent.map(({ sku, inTransit }) => ({ sku, quantity: inTransit }));
  checkCounted(sent, counted);
  const lines = arrivedLines(sent, counted, lostReason);
  if (lines.length === 0) throw nothingReceived(transferId);
  const reason = lostReason === undefined ? {} : { reason: lostReason };
  return [
    to(transfer, transferId, { type: 'TransferReceived', data: { transferId, from, to: here, lines, ...reason } }),
    ...movements({ transferId, from, location: here, reason: lostReason ?? '' }, lines),
  ];
};

function arrivedLines(sent: readonly TransferLine[], counted: readonly StockLine[], lostReason?: string): ArrivedLine[] {
  return sent
    .map(({ sku, inTransit, lots = [] }): ArrivedLine => {
      const quantity = counted.find((line) => line.sku === sku)?.quantity ?? 0;
      const missing = inTransit - quantity;
      const came = firstOf(lots, quantity);
      if (lostReason === undefined) return { sku, quantity, lost: 0, inTransit: missing, ...noting(came) };
      const { lots: lostLots } = noting(less(lots, came));
      return { sku, quantity, lost: missing, inTransit: 0, ...noting(came), ...(lostLots && { lostLots }) };
    })
    .filter(({ quantity, lost }) => quantity + lost > 0);
}

interface Arrival {
  transferId: string;
  from: string;
  location: string;
  reason: string;
}

/** For each line what came, and what is lost; neither says anything of no units. */
function movements({ location, reason, ...by }: Arrival, lines: readonly ArrivedLine[]): StreamEvents[] {
  return lines.map(({ sku, quantity, lost, lots, lostLots }) => {
    const facts = { sku, location, ...by };
    const events: EventOf<StockEvents>[] = [];
    if (quantity > 0) events.push({ type: 'StockTransferReceived', data: { ...facts, quantity, ...noting(lots) } });
    if (lost > 0) events.push({ type: 'StockTransferLost', data: { ...facts, quantity: lost, reason, ...noting(lostLots) } });
    return to(stock, stockId(sku, location), ...events);
  });
}

/** The transfer, and the stocks of what is on its way where it goes. */
export function arrivalStreams({ transferId }: ReceiveTransfer, known: Transfer): StreamRef[] {
  return [{ aggregate: transfer, id: transferId }, ...(known ? stockAt(known.to, known.lines) : [])];
}

function checkCounted(sent: readonly TransferLine[], counted: readonly StockLine[]): void {
  const over = counted
    .map(({ sku, quantity }) => ({
      ...{ sku, counted: quantity },
      inTransit: sent.find((line) => line.sku === sku)?.inTransit ?? 0,
    }))
    .filter((line) => line.counted > line.inTransit);
  if (over.length > 0) throw moreThanSent(over);
}

function moreThanSent(over: readonly { sku: string; counted: number; inTransit: number }[]): Refusal {
  const [first] = over;
  const detail = `${first?.counted} ${first?.sku} were counted, and ${first?.inTransit} are on their way. Nothing was booked in.`;
  const remedy = 'Receive what `lines` says is in transit; book what is beyond that with POST /inventory/counts.';
  return Object.assign(new Refusal('more-than-in-transit', detail, remedy, 'conflict'), { facts: { lines: over } });
}

function nothingReceived(id: string): Refusal {
  const remedy = 'Name what came in `lines` or, where nothing will come, say why in `lostReason`.';
  return new Refusal('nothing-received', `Nothing of transfer ${id} came, and nothing is given up.`, remedy);
}

function tooEarly(id: string, dispatchedAt: string): Refusal {
  const remedy = 'Send a later `happenedAt`, or leave it out for now.';
  return new Refusal('received-before-sent', `The goods of transfer ${id} left at ${dispatchedAt}.`, remedy);
}

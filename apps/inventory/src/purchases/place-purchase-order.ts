import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsInt, IsISO8601, Matches, Max, Min, ValidateNested } from 'class-validator';
import { ID_PATTERN, MAX_LINES, MAX_QUANTITY, SKU_PATTERN, stockedLines } from '#libs/contracts';
import { to, type DecideAcross, type StreamRef } from '#libs/eventsourcing/vocabulary';
import { expectedIn, MOMENT_PATTERN } from '../inbound/expected-at';
import { location, unknownLocation } from '../locations/location';
import { purchaseOrder } from './purchase-order';

/** Units of one SKU that are bought. */
export class BoughtLine {
  @Matches(SKU_PATTERN)
  sku!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY)
  quantity!: number;
}

/** Says that goods of a supplier are expected at a place. */
export class PlacePurchaseOrder {
  /** Minted. */
  purchaseOrderId!: string;

  @Matches(ID_PATTERN)
  supplier!: string;

  @Matches(ID_PATTERN)
  location!: string;

  /** Lines that repeat a SKU are added up. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LINES)
  @ValidateNested({ each: true })
  @Type(() => BoughtLine)
  lines!: BoughtLine[];

  /** When the goods should be there. */
  @IsISO8601({ strict: true })
  @Matches(MOMENT_PATTERN)
  expectedAt!: string;
}

/** Refuses a place that is not registered. */
export const placePurchaseOrder: DecideAcross<PlacePurchaseOrder> = (command, stateOf) => {
  const { purchaseOrderId, supplier, location: at } = command;
  if (stateOf(purchaseOrder, purchaseOrderId)) return [];
  if (!stateOf(location, at)) throw unknownLocation(at, 'unprocessable');
  const expectedAt = expectedIn(command.expectedAt);
  const data = { purchaseOrderId, supplier, location: at, lines: stockedLines(command.lines), expectedAt };
  return [to(purchaseOrder, purchaseOrderId, { type: 'PurchaseOrderPlaced', data })];
};

/** The order, and the place where its goods shall go. */
export function orderStreams({ purchaseOrderId, location: at }: PlacePurchaseOrder): StreamRef[] {
  return [
    { aggregate: purchaseOrder, id: purchaseOrderId, begins: true },
    { aggregate: location, id: at },
  ];
}

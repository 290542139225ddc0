import type { ReturnEvents } from '#libs/contracts';
import { Refusal, type Aggregate } from '#libs/eventsourcing/vocabulary';

/** Goods that an online customer gave back; undefined until they are accepted. */
export type GoodsReturn = Omit<ReturnEvents['ReturnAccepted'], 'returnId'> | undefined;

export const goodsReturn: Aggregate<GoodsReturn, ReturnEvents> = {
  category: 'return',
  initial: undefined,
  evolve: { ReturnAccepted: (_, { returnId: _id, ...facts }) => facts },
};

/** What somebody is told who asks for a return that nobody accepted. */
export function unknownReturn(returnId: string): Refusal {
  return new Refusal(
    'unknown-return',
    `There is no return ${returnId.slice(0, 80)}.`,
    'Use the id that POST /storefront/returns answered.',
    'not-found',
  );
}

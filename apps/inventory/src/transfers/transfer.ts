import type { ArrivedLine, LotUnits, StockLine, TransferEvents } from '#libs/contracts';
import { less, noting } from '../stock/lots';
import { Refusal, type Aggregate } from '#libs/eventsourcing/vocabulary';

/** One SKU of a transfer: `quantity` units were sent, or are meant to be. */
export interface TransferLine extends StockLine {
  received: number;
  lost: number;
  /** Units on their way. */
  inTransit: number;
  /** Of which lots they are, as far as that is known. */
  lots?: LotUnits[];
}

export type TransferStatus = 'planned' | 'in-transit' | 'received' | 'cancelled';

/** A transfer as it stands; undefined until somebody asks for it. */
export type Transfer =
  | {
      status: TransferStatus;
      from: string;
      to: string;
      lines: TransferLine[];
      dispatchedAt?: string;
      /** When the goods should be there; absent: nobody knows. */
      expectedAt?: string;
    }
  | undefined;

type Known = NonNullable<Transfer>;

export const transfer: Aggregate<Transfer, TransferEvents> = {
  category: 'transfer',
  initial: undefined,
  evolve: {
    TransferPlanned: (_, { transferId: _id, lines, ...plan }) => ({ status: 'planned', ...plan, lines: lines.map(untouched) }),
    TransferDispatched: (_, { transferId: _id, lines, ...facts }) => ({
      ...{ status: 'in-transit', ...facts },
      lines: lines.map((line) => ({ ...untouched(line), inTransit: line.quantity, ...noting(line.lots) })),
    }),
    TransferReceived: (state, { lines: arrived }) => state && counted(state, arrived),
    TransferCancelled: (state) => state && { ...state, status: 'cancelled' },
  },
};

const untouched = ({ sku, quantity }: StockLine): TransferLine => ({ sku, quantity, received: 0, lost: 0, inTransit: 0 });

function counted(state: Known, arrived: readonly ArrivedLine[]): Known {
  const lines = state.lines.map((line): TransferLine => {
    const now = arrived.find(({ sku }) => sku === line.sku);
    if (!now) return line;
    const { lots = [], ...before } = line;
    const left = noting(less(lots, [...(now.lots ?? []), ...(now.lostLots ?? [])]));
    return { ...before, ...left, received: line.received + now.quantity, lost: line.lost + now.lost, inTransit: now.inTransit };
  });
  return { ...state, lines, status: lines.some(({ inTransit }) => inTransit > 0) ? 'in-transit' : 'received' };
}

/**
 * A transfer that stands where it has to for what is asked.
 * @throws Refusal `unknown-transfer`, or the code that says where it stands
 */
export function standing(id: string, state: Transfer, wanted: 'planned' | 'in-transit'): Known {
  if (!state) throw unknownTransfer(id);
  if (state.status === wanted) return state;
  throw new Refusal(...REFUSALS[state.status](id), 'conflict');
}

type Words = [code: string, detail: string, remedy: string];

/** Why something cannot be done with a transfer that stands there. */
const REFUSALS: Readonly<Record<TransferStatus, (id: string) => Words>> = {
  planned: (id) => [
    'transfer-not-dispatched',
    `Nothing of transfer ${id} has left yet.`,
    'Dispatch it with POST /inventory/transfers/:id/dispatch when the goods leave.',
  ],
  'in-transit': (id) => [
    'transfer-dispatched',
    `The goods of transfer ${id} have left.`,
    'Receive them with POST /inventory/transfers/:id/receipts; another transfer can bring them back.',
  ],
  received: (id) => [
    'transfer-received',
    `Nothing of transfer ${id} is on its way any more.`,
    'Make another transfer to bring goods back; what turns up late is booked with POST /inventory/counts.',
  ],
  cancelled: (id) => ['transfer-cancelled', `Transfer ${id} was called off.`, 'Make a new one with POST /inventory/transfers.'],
};

/** What somebody is told who names a transfer that is not there. */
export function unknownTransfer(id: string): Refusal {
  const remedy = 'Use the id that POST /inventory/transfers answered with, or one that GET /inventory/transfers lists.';
  return new Refusal('unknown-transfer', `There is no transfer ${id}.`, remedy, 'not-found');
}

import { fact, type Fact } from './fact';

const carried = (type: string, quantity: number, location: string, by: object = {}): Fact =>
  fact('inventory', `stock:coffee@${location}`, type, { sku: 'coffee', location, quantity, transferId: 't1', ...by });
const transfer = (type: string, line: object): Fact =>
  fact('inventory', 'transfer:t1', type, { transferId: 't1', from: 'dc', to: 'soho', lines: [{ sku: 'coffee', ...line }] });
/** Six of ten units leave; three come, one is broken, two are still on their way. */
export const TRANSFER: readonly Fact[] = [
  fact('inventory', 'receipt:r3', 'GoodsReceived', {
    ...{ receiptId: 'r3', location: 'dc' },
    lines: [{ sku: 'coffee', quantity: 10 }],
  }),
  carried('StockReceived', 10, 'dc', { receiptId: 'r3' }),
  transfer('TransferDispatched', { quantity: 6 }),
  carried('StockTransferSent', 6, 'dc', { to: 'soho' }),
  carried('StockTransferAnnounced', 6, 'soho', { from: 'dc' }),
  transfer('TransferReceived', { quantity: 3, lost: 1, inTransit: 2 }),
  carried('StockTransferReceived', 3, 'soho', { from: 'dc' }),
  carried('StockTransferLost', 1, 'soho', { from: 'dc', reason: 'broken' }),
];

import { fact, type Fact } from './fact';

const bought = (type: string, more: object): Fact =>
  fact('inventory', 'purchase-order:p1', type, { purchaseOrderId: 'p1', supplier: 'roaster', location: 'dc', ...more });
const carried = (type: string, quantity: number, location: string, by: object = {}): Fact =>
  fact('inventory', `stock:coffee@${location}`, type, { sku: 'coffee', location, quantity, transferId: 't1', ...by });
const transfer = (type: string, line: object): Fact =>
  fact('inventory', 'transfer:t1', type, { transferId: 't1', from: 'dc', to: 'soho', lines: [{ sku: 'coffee', ...line }] });
const roast = (quantity: number) => [{ lot: 'roast-7', quantity }];

/** Twelve units are ordered, and ten come; six of them are of one lot. */
export const PURCHASE: readonly Fact[] = [
  bought('PurchaseOrderPlaced', { lines: [{ sku: 'coffee', quantity: 12 }] }),
  bought('PurchaseOrderReceived', { receiptId: 'r3', lines: [{ sku: 'coffee', expected: 12, counted: 10, variance: -2 }] }),
  fact('inventory', 'receipt:r3', 'GoodsReceived', {
    ...{ receiptId: 'r3', location: 'dc', purchaseOrderId: 'p1' },
    lines: [{ sku: 'coffee', quantity: 10 }],
  }),
  fact('inventory', 'stock:coffee@dc', 'StockReceived', {
    sku: 'coffee',
    location: 'dc',
    quantity: 10,
    receiptId: 'r3',
    lots: roast(6),
  }),
];

/** Six of ten units leave; three come, one is broken, two are still on their way. */
export const TRANSFER: readonly Fact[] = [
  transfer('TransferDispatched', { quantity: 6 }),
  carried('StockTransferSent', 6, 'dc', { to: 'soho', lots: roast(6) }),
  carried('StockTransferAnnounced', 6, 'soho', { from: 'dc' }),
  transfer('TransferReceived', { quantity: 3, lost: 1, inTransit: 2 }),
  carried('StockTransferReceived', 3, 'soho', { from: 'dc', lots: roast(3) }),
  carried('StockTransferLost', 1, 'soho', { from: 'dc', reason: 'broken' }),
];

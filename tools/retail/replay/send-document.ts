import { setTimeout } from 'node:timers/promises';
import type { BooksApi, Written } from './books-api';
import { DELIVER_TO, PLACES, shiftOf } from './places';
import { CURRENCY, type Row } from './row';
import { dayOf } from './survey';
import { isMerchandise, type TradeDocument, type TradeKind } from './trade-document';

/** The system took a document, but not to the end that the books say. */
export class NotAsInTheBooks extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotAsInTheBooks';
  }
}

/** The outcome of sending a document. */
export interface Sent {
  /** Whether it was there before. */
  isReplayed: boolean;
}

type Send = (api: BooksApi, document: TradeDocument) => Promise<Sent>;

/**
 * Takes a document through the public APIs to the end that it has in the books: online orders are paid and shipped, supply
 * orders arrive. Every step has its own Idempotency-Key, so that sending it again does what is left to do.
 * @throws Refused or NotAsInTheBooks when the system does not take it, SystemAway when nobody answers
 */
export function sendDocument(api: BooksApi, document: TradeDocument): Promise<Sent> {
  return SENDERS[document.kind](api, document);
}

interface Stage {
  id: string;
  status: string;
  reason?: string;
}

const orderOnline: Send = async (api, document) => {
  const { happenedAt, customer } = head(document);
  const lines = document.rows.map(({ sku, quantity, price }) => ({ sku, quantity, agreedPrice: price }));
  const body = { customer, currency: CURRENCY, lines, deliverTo: DELIVER_TO, happenedAt };
  const order = await placed(api, '/storefront/orders', document, body);
  const { id, status } = order.resource;
  if (status === 'confirmed') {
    const path = `/fulfillment/shipments/${id}/ship`;
    await api.write({ path, key: keyOf(document, 'ship'), body: { happenedAt }, wait: true });
  }
  return order;
};

const orderForShop: Send = async (api, document) => {
  const { happenedAt, customer: shop } = head(document);
  const lines = document.rows.map(({ sku, quantity, price }) => ({ sku, quantity, unitPrice: price }));
  const order = await placed(api, '/lingshoutong/supply-orders', document, { shop, currency: CURRENCY, lines, happenedAt });
  const { id, status } = order.resource;
  for (const step of STEPS_LEFT[status] ?? []) {
    const path = `/lingshoutong/supply-orders/${id}/${step}`;
    await api.write({ path, key: keyOf(document, step), body: { happenedAt } });
  }
  return order;
};

const STEPS_LEFT: Record<string, readonly string[]> = { accepted: ['ship', 'receive'], shipped: ['receive'] };

const takeBackOnline: Send = (api, document) => {
  const { happenedAt, customer, description } = head(document);
  const body = { customer, location: PLACES.warehouse.id, currency: CURRENCY, lines: linesBack(document), happenedAt };
  return once(api, '/storefront/returns', document, { ...body, reason: reasonOf(description) });
};

const sellAtTill: Send = (api, document) => {
  const lines = document.rows.map(({ sku, quantity, price }) => ({ sku, quantity, unitPrice: price }));
  return once(api, '/hema/sales', document, { ...atTill(document), lines });
};

const takeBackAtTill: Send = (api, document) => {
  const reason = reasonOf(head(document).description);
  return once(api, '/hema/returns', document, { ...atTill(document), lines: linesBack(document), reason });
};

const correctStock: Send = (api, document) => {
  const lines = document.rows.map(({ sku, quantity, description }) => ({
    ...{ sku, quantity, reason: reasonOf(description) },
    stocked: isMerchandise(sku),
  }));
  const body = { location: PLACES.warehouse.id, lines, happenedAt: head(document).happenedAt };
  return once(api, '/inventory/adjustments', document, body);
};

const correctLedger: Send = (api, document) => {
  const { happenedAt, description: reason } = head(document);
  const lines = document.rows.map(({ description, quantity, price }) => ({
    ...{ description: reasonOf(description), quantity },
    unitPrice: price,
  }));
  const body = { reason: reasonOf(reason), currency: CURRENCY, lines, happenedAt };
  return once(api, '/payment/ledger-adjustments', document, body);
};

const SENDERS: Readonly<Record<TradeKind, Send>> = {
  'storefront-order': orderOnline,
  'storefront-return': takeBackOnline,
  'hema-sale': sellAtTill,
  'hema-return': takeBackAtTill,
  'lingshoutong-order': orderForShop,
  'stock-adjustment': correctStock,
  'ledger-adjustment': correctLedger,
};

const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 250;

/** An order once it is decided. One that nobody could fill is not as the books have it. */
async function placed(api: BooksApi, path: string, document: TradeDocument, body: object): Promise<Written<Stage>> {
  const order = await api.write<Stage>({ path, key: keyOf(document, 'place'), body, wait: true });
  const { id } = order.resource;
  let now = order.resource;
  for (const deadline = performance.now() + PATIENCE_MS; now.status === 'pending' && performance.now() < deadline;) {
    await setTimeout(LOOK_AGAIN_MS);
    now = await api.read<Stage>(`${path}/${id}`);
  }
  if (now.status === 'pending') throw new NotAsInTheBooks(`order ${id} is still pending after ${PATIENCE_MS / 1000} s`);
  if (now.status === 'rejected') throw new NotAsInTheBooks(`order ${id} was rejected: ${now.reason ?? 'no reason given'}`);
  return { ...order, resource: now };
}

/** A document that is complete with one write. */
function once(api: BooksApi, path: string, document: TradeDocument, body: object): Promise<Sent> {
  return api.write({ path, key: keyOf(document, 'record'), body });
}

/** `536365/storefront-order/place`: what is in the books is named by its invoice. */
function keyOf({ invoice, kind }: TradeDocument, step: string): string {
  return `${invoice}/${kind}/${step}`;
}

function head({ rows: [first], invoice }: TradeDocument): Row {
  if (!first) throw new Error(`The document of invoice ${invoice} has no rows.`);
  return first;
}

function atTill(document: TradeDocument): object {
  const first = head(document);
  return { shiftId: shiftOf(dayOf(first)), tender: 'card', happenedAt: first.happenedAt };
}

function linesBack({ rows }: TradeDocument): object[] {
  return rows.map(({ sku, quantity, price }) => ({ sku, quantity: -quantity, unitPrice: price }));
}

const LONGEST_REASON = 200;

function reasonOf(description: string): string {
  return description.slice(0, LONGEST_REASON) || 'not given';
}

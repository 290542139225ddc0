import { ask, curlOf } from './api.js';
import { byId, show } from './dom.js';
import { follow } from './order-log.js';
import { paintSteps } from './steps.js';

const WAIT = { Prefer: 'wait=5' };
const BUTTONS = ['ship', 'deliver', 'cancel'];
/** What can be done after an event; nothing after the others. */
const NEXT = {
  OrderAllocated: ['cancel'],
  OrderConfirmed: ['ship', 'cancel'],
  OrderShipped: ['deliver'],
  OrderPaid: ['deliver'],
};
const WRITES = {
  ship: (id) => [`/fulfillment/shipments/${id}/ship`, {}],
  deliver: (id) => [`/fulfillment/shipments/${id}/deliver`, {}],
  cancel: (id) => [`/storefront/orders/${id}/cancel`, { reason: 'changed my mind' }],
};

const demo = { product: undefined, deliverTo: undefined, orderId: undefined, places: new Map(), stop: () => undefined };

/** Wires the buttons up. Nothing is fetched before somebody wants to order. */
export function startDemo() {
  byId('place').addEventListener('click', () => void during(placeOrder));
  for (const name of BUTTONS) byId(name).addEventListener('click', () => void during(() => ask('POST', ...writeOf(name))));
  byId('curl')
    .closest('details')
    .addEventListener('toggle', () => void during(writeCurl));
  byId('copy').addEventListener('click', () => void during(copyCurl));
}

/** What is known of the network. The demo order goes next door to a store, or else to the middle of Hangzhou. */
export function learnPlaces(locations) {
  demo.places = new Map(locations.map(({ id, name }) => [id, name]));
  const { latitude, longitude } = locations.find(({ kind }) => kind === 'store') ?? { latitude: 30.2741, longitude: 120.1551 };
  demo.deliverTo = { latitude, longitude };
}

async function placeOrder() {
  demo.stop();
  paintSteps([], demo.places);
  const { id, position } = await ask('POST', '/storefront/orders', { body: await orderBody(), headers: WAIT });
  demo.orderId = id;
  demo.stop = follow(id, position, paintProgress);
}

function paintProgress(events) {
  paintSteps(events, demo.places);
  const next = NEXT[events.at(-1)?.type.split('.').at(-2)] ?? [];
  for (const name of BUTTONS) show(byId(name), next.includes(name));
}

async function orderBody() {
  demo.product ??= await chooseProduct();
  const { sku, price } = demo.product;
  return { customer: 'demo-visitor', currency: price.currency, lines: [{ sku, quantity: 1 }], deliverTo: demo.deliverTo };
}

async function chooseProduct() {
  const { items } = await ask('GET', '/storefront/products?limit=200');
  const goods = items.filter(({ kind }) => kind === 'merchandise');
  if (goods.length === 0) throw new Error('There is nothing to sell yet. List a product: PUT /storefront/products/:sku.');
  return goods[Math.floor(Math.random() * goods.length)];
}

function writeOf(name) {
  const [path, body] = WRITES[name](demo.orderId);
  return [path, { body }];
}

async function writeCurl() {
  byId('curl').textContent = curlOf('/storefront/orders', await orderBody(), WAIT);
}

async function copyCurl() {
  await navigator.clipboard.writeText(byId('curl').textContent);
  byId('copy').textContent = 'Copied';
}

/** Runs one action at a time and says what went wrong where the visitor looks. */
async function during(action) {
  const buttons = ['place', ...BUTTONS].map(byId);
  buttons.forEach((button) => (button.disabled = true));
  show(byId('problem'), false);
  try {
    await action();
  } catch (error) {
    byId('problem').textContent = error.message;
    show(byId('problem'), true);
  } finally {
    buttons.forEach((button) => (button.disabled = false));
  }
}

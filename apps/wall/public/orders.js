import { byId, element, keyed, show } from './dom.js';
import { money, when, words } from './format.js';

/** The newest orders first; a new one slides in, a changed one changes in place. */
export function paintOrders(orders) {
  show(byId('no-orders'), orders.length === 0);
  keyed(byId('orders'), orders, { key: ({ id }) => id, create: createOrder, update: paintOrder });
}

function createOrder({ id, channel }) {
  const name = element('span', { class: 'who' }, element('b'), element('small', { title: id }));
  return element(
    'li',
    { 'data-channel': channel },
    name,
    element('span', { class: 'amount' }),
    element('span', { class: 'status' }),
  );
}

function paintOrder(node, { id, channel, customer, status, totalMinor, currency, placedAt }) {
  node.querySelector('b').textContent = customer ?? words(channel);
  node.querySelector('small').textContent = `${id.slice(-8)} · ${when(placedAt)}`;
  node.querySelector('.amount').textContent = money(totalMinor, currency);
  const badge = node.querySelector('.status');
  badge.textContent = words(status);
  badge.dataset.status = status;
}

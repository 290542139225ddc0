import { byId, element, keyed } from './dom.js';
import { count } from './format.js';

const STOCK = [
  ['available', 'available'],
  ['onHand', 'on hand'],
  ['reserved', 'reserved'],
  ['skus', 'products'],
];

export function paintStock(stock) {
  keyed(byId('stock'), STOCK, {
    key: ([name]) => name,
    create: ([, label]) => element('div', {}, element('dt', {}, label), element('dd')),
    update: (node, [name]) => (node.lastChild.textContent = count(stock[name])),
  });
}

/** One line per view: how much it has seen, what it absorbed, and how far behind its sources it is (null: one is silent). */
export function paintViews(views) {
  keyed(byId('views'), views, {
    key: ({ view }) => view,
    create: ({ view }) =>
      element('tr', {}, element('th', { scope: 'row' }, view), ...[1, 2, 3].map(() => element('td', { class: 'number' }))),
    update: (node, { position, absorbed, lag }) => {
      const [applied, dropped, behind] = node.querySelectorAll('td');
      applied.textContent = count(position);
      dropped.textContent = count(absorbed);
      behind.textContent = lag === null ? 'unknown' : lag > 0 ? count(lag) : 'up to date';
      behind.dataset.lag = lag === 0 ? 'none' : 'some';
    },
  });
}

export function paintBus({ kind, brokers }) {
  byId('bus').textContent = kind === 'kafka' ? `Kafka ${brokers ?? ''}`.trim() : 'PostgreSQL feed';
}

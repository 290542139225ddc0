import { byId, element, keyed, show } from './dom.js';
import { money, several, words } from './format.js';

const CHANNELS = { storefront: 'Online', hema: 'Hema stores', lingshoutong: 'Corner shops' };

/** Each channel as a bar, as long as its part of the currency's largest; each currency's net above. */
export function paintSales(totals) {
  show(byId('no-sales'), totals.length === 0);
  keyed(byId('totals'), currenciesOf(totals), {
    key: ({ currency }) => currency,
    create: () => element('p', {}, element('strong'), element('span')),
    update: paintTotal,
  });
  keyed(byId('bars'), withShares(totals), {
    key: ({ channel, currency }) => `${channel} ${currency}`,
    create: createBar,
    update: paintBar,
  });
}

function currenciesOf(totals) {
  const sums = new Map();
  for (const { currency, minor, documents } of totals) {
    const sum = sums.get(currency) ?? { currency, minor: 0, documents: 0 };
    sums.set(currency, { currency, minor: sum.minor + minor, documents: sum.documents + documents });
  }
  return [...sums.values()].sort((a, b) => b.documents - a.documents);
}

function withShares(totals) {
  const largest = new Map();
  for (const { currency, minor } of totals) largest.set(currency, Math.max(largest.get(currency) ?? 1, Math.abs(minor)));
  const isMixed = largest.size > 1;
  const order = Object.keys(CHANNELS);
  const sorted = [...totals].sort((a, b) => order.indexOf(a.channel) - order.indexOf(b.channel));
  return sorted.map((total) => ({ ...total, isMixed, share: Math.max(0, total.minor) / largest.get(total.currency) }));
}

function paintTotal(node, { currency, minor, documents }) {
  node.firstChild.textContent = money(minor, currency);
  node.lastChild.textContent = `net of returns, ${several(documents, 'document')}`;
}

function createBar({ channel }) {
  const bar = element('span', { class: 'bar', 'aria-hidden': 'true' }, element('i'));
  const item = element(
    'li',
    { 'data-channel': channel },
    element('b'),
    element('span', { class: 'amount' }),
    bar,
    element('small'),
  );
  return item;
}

function paintBar(node, { channel, currency, minor, documents, units, share, isMixed }) {
  node.querySelector('b').textContent = (CHANNELS[channel] ?? words(channel)) + (isMixed ? ` · ${currency}` : '');
  node.querySelector('.amount').textContent = money(minor, currency);
  node.querySelector('i').style.width = `${(100 * share).toFixed(2)}%`;
  node.querySelector('small').textContent = `${several(documents, 'document')}, ${several(units, 'unit')}`;
}

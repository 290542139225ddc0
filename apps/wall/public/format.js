const COUNT = new Intl.NumberFormat('en');
const TIME = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const DAY = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });
const TODAY_MS = 20 * 60 * 60 * 1000;
const currencies = new Map();
const currencyFormat = (currency) =>
  new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });

export const count = (number) => COUNT.format(number ?? 0);

/** `1 unit`, `2,000 units`. */
export const several = (number, noun) => `${count(number)} ${noun}${number === 1 ? '' : 's'}`;

/** Minor units as people write them: 1999 GBP is £19.99, 1999 JPY is ¥1,999. */
export function money(amountMinor, currency) {
  if (!currencies.has(currency)) currencies.set(currency, currencyFormat(currency));
  const format = currencies.get(currency);
  return format.format(amountMinor / 10 ** format.resolvedOptions().maximumFractionDigits);
}

/** The time of day for what is recent, the day for what is not. */
export function when(iso, now = new Date()) {
  const then = new Date(iso);
  return Math.abs(now - then) < TODAY_MS ? TIME.format(then) : DAY.format(then);
}

/** `corner-shop` reads "corner shop". */
export const words = (name) => String(name).replaceAll('-', ' ');

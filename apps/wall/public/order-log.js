import { ask } from './api.js';

const EVERY_MS = 300;
const PAGE = 200;

/**
 * Follows one order through the storefront's log, which is open to everybody, and calls back with its events so far.
 * `token` is the position that the write was answered with. Returns the function that stops it.
 */
export function follow(orderId, token, seen) {
  const [lane, position] = token.replace(/^.*?:/, '').split(',')[0].split('=').map(Number);
  const events = [];
  let after = position - 1;
  let timer;
  const look = async () => {
    const page = await ask('GET', `/storefront/events?lane=${lane}&after=${after}&limit=${PAGE}`);
    after = page.events.at(-1)?.position ?? after;
    events.push(...page.events.filter(({ subject }) => subject === `order:${orderId}`));
    seen(events);
  };
  // A look that fails is simply taken again: the log does not go away.
  const again = () =>
    look()
      .catch(() => undefined)
      .then(() => (timer = window.setTimeout(again, EVERY_MS)));
  void again();
  return () => window.clearTimeout(timer);
}

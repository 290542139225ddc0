import { byId, element, keyed, show } from './dom.js';
import { count, words } from './format.js';

const SENTENCES = {
  OrderPlaced: () => 'Placed',
  OrderAllocated: ({ location }, places) => `Held at ${places.get(location) ?? location}`,
  OrderConfirmed: () => 'Money authorized, order confirmed',
  OrderRejected: ({ detail, reason }) => `Rejected: ${detail || words(reason)}`,
  OrderCancellationRequested: () => 'Cancellation asked for',
  OrderCancellationDeclined: () => 'Too late to cancel, the parcel has left',
  OrderCancelled: () => 'Cancelled; stock and money are free again',
  OrderShipped: () => 'Shipped',
  OrderPaid: () => 'Money captured',
  OrderDelivered: () => 'Delivered',
};

/** An order's events as steps; each leads to its place in the log. `places` names locations by their ids. */
export function paintSteps(events, places) {
  show(byId('steps'), events.length > 0);
  keyed(byId('steps'), events, { key: ({ id }) => id, create: (event) => step(event, events[0], places) });
}

function step(event, first, places) {
  const type = event.type.split('.').at(-2);
  const passed = new Date(event.recordedtime) - new Date(first.recordedtime);
  const href = `/storefront/events?lane=${event.lane}&after=${event.position - 1}&limit=1`;
  const link = element('a', { href, title: `${type}, lane ${event.lane}, position ${event.position}` }, `+${count(passed)} ms`);
  return element('li', {}, element('span', {}, SENTENCES[type]?.(event.data, places) ?? type), link);
}

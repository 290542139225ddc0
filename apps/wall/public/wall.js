import { byId } from './dom.js';
import { learnPlaces, startDemo } from './demo.js';
import { paintNetwork } from './network.js';
import { paintOrders } from './orders.js';
import { paintSales } from './sales.js';
import { paintBus, paintStock, paintViews } from './system.js';

const EVERY_MS = 1000;
const PATIENCE_MS = 5000;

/** Reads the wall, paints it, and comes back in a second; it rests while nobody looks. */
async function look() {
  if (!document.hidden) await refresh();
  window.setTimeout(look, EVERY_MS);
}

async function refresh() {
  try {
    const answer = await fetch('/unified-view/wall', { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!answer.ok) throw new Error(`the wall answered ${answer.status}`);
    paint(await answer.json());
    say('live', 'live');
  } catch (error) {
    // The last figures stay on the screen; the pill says that they are old and why.
    say('lost', 'no answer, trying again');
    byId('connection').title = error.message;
  }
}

function paint({ totalsByChannel, latestOrders, stock, locations, freshness, bus }) {
  paintSales(totalsByChannel);
  paintOrders(latestOrders);
  paintStock(stock);
  paintNetwork(locations);
  paintViews(freshness);
  paintBus(bus);
  learnPlaces(locations);
}

/** Only a change is written, so that a screen reader hears it once. */
function say(state, text) {
  const pill = byId('connection');
  if (pill.dataset.state === state) return;
  pill.dataset.state = state;
  pill.textContent = text;
}

startDemo();
void look();

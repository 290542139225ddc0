import { DataSource } from 'typeorm';
import { Consumers, type Resolve } from '#libs/eventsourcing';
import { findAvailability, FindAvailability } from '../stock/availability.view';
import type { FollowSkuPolicy } from './follow-sku-policy';

const PATIENCE_MS = 10_000;

/**
 * Where a SKU is. The view is behind the log by a moment, and a place that was stocked in that moment must not be overlooked: it may
 * have looked for a policy before there was one. So this waits until the view has everything that the log held when it was asked.
 */
export async function placesOf({ sku, location }: FollowSkuPolicy, get: Resolve): Promise<string[]> {
  if (location !== undefined) return [location];
  if (!(await get(Consumers).caughtUp(PATIENCE_MS))) throw viewIsBehind();
  const rows = await findAvailability(new FindAvailability(sku), get(DataSource).manager);
  return rows.map(({ location: place }) => place);
}

/** A fault of the kind after which the process asks again. */
function viewIsBehind(): Error {
  const message = 'The availability view is behind the log. GET /inventory/consumers says how far.';
  return Object.assign(new Error(message), { code: 'ETIMEDOUT' });
}

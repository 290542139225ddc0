import type { GeoPoint, ShopEvents } from '#libs/contracts';
import { Refusal, type Aggregate } from '#libs/eventsourcing/vocabulary';

/** A corner shop as it now is; undefined until it is registered. */
export type Shop = (GeoPoint & { name: string }) | undefined;

const facts = ({ name, latitude, longitude }: ShopEvents['ShopRegistered']): Shop => ({ name, latitude, longitude });

export const shop: Aggregate<Shop, ShopEvents> = {
  category: 'shop',
  initial: undefined,
  evolve: {
    ShopRegistered: (_, event) => facts(event),
    ShopChanged: (_, event) => facts(event),
  },
};

/** What somebody is told who names a shop that is not there. */
export function unknownShop(id: string, kind: 'not-found' | 'unprocessable'): Refusal {
  return new Refusal(
    'unknown-shop',
    `There is no shop ${id}.`,
    'Register it with PUT /lingshoutong/shops/:id, or name one that GET /lingshoutong/shops lists.',
    kind,
  );
}

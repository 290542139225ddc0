import type { GeoPoint, ShopEvents } from '#libs/contracts';
import { processOf } from '#libs/eventsourcing/vocabulary';
import { FollowShop } from './follow-shop';

const asLocation = ({ shop, name, latitude, longitude }: GeoPoint & { shop: string; name: string }): FollowShop =>
  Object.assign(new FollowShop(), { location: shop, name, latitude, longitude });

/** A corner shop's shelf is a place where stock can be. */
export const shopsAreLocations = processOf<ShopEvents>()({
  name: 'shops-are-locations',
  sources: ['lingshoutong'],
  on: {
    ShopRegistered: ({ data }) => [asLocation(data)],
    ShopChanged: ({ data }) => [asLocation(data)],
  },
});

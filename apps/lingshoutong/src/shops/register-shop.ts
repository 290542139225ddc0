import { IsLatitude, IsLongitude, IsNumber, IsString, Length } from 'class-validator';
import { ID_PATTERN, type ShopEvents } from '#libs/contracts';
import { Refusal, type Decide } from '#libs/eventsourcing/vocabulary';
import type { Shop } from './shop';

/** Takes a corner shop on, or says how it has changed. */
export class RegisterShop {
  /** From the path. */
  shop!: string;

  @IsString()
  @Length(1, 200)
  name!: string;

  /** WGS 84 degrees. */
  @IsNumber()
  @IsLatitude()
  latitude!: number;

  /** WGS 84 degrees. */
  @IsNumber()
  @IsLongitude()
  longitude!: number;
}

/** The facts as they now are; nothing when they are so already. */
export const registerShop: Decide<RegisterShop, Shop, ShopEvents> = ({ shop, name, latitude, longitude }, known) => {
  if (!ID_PATTERN.test(shop)) throw badId(shop);
  const data = { shop, name, latitude, longitude };
  if (!known) return [{ type: 'ShopRegistered', data }];
  const isSame = known.name === name && known.latitude === latitude && known.longitude === longitude;
  return isSame ? [] : [{ type: 'ShopChanged', data }];
};

function badId(id: string): Refusal {
  return new Refusal(
    'invalid-shop-id',
    `"${id.slice(0, 80)}" cannot be the id of a shop.`,
    'Use up to 64 letters, digits, dots, underscores and hyphens, beginning with a letter or digit.',
  );
}

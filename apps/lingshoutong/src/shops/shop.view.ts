import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import type { ShopEvents } from '#libs/contracts';
import { viewOf } from '#libs/eventsourcing/vocabulary';

/** One corner shop. */
@Entity({ schema: 'lingshoutong', name: 'shop' })
export class ShopRow {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  name!: string;

  @Column('double precision')
  latitude!: number;

  @Column('double precision')
  longitude!: number;
}

const row = ({ shop: id, name, latitude, longitude }: ShopEvents['ShopRegistered']) => ({
  key: { id },
  change: (): ShopRow => ({ id, name, latitude, longitude }),
});

export const shopView = viewOf<ShopEvents>()({
  name: 'shops',
  row: ShopRow,
  sources: ['lingshoutong'],
  on: {
    ShopRegistered: ({ data }) => [row(data)],
    ShopChanged: ({ data }) => [row(data)],
  },
});

/** The shops after `after` in order of their ids, at most `limit`. */
export class ListShops {
  constructor(
    readonly after: string,
    readonly limit: number,
  ) {}
}

export const listShops = async ({ after, limit }: ListShops, db: EntityManager): Promise<ShopRow[]> =>
  db.createQueryBuilder(ShopRow, 'shop').where('shop.id > :after', { after }).orderBy('shop.id').limit(limit).getMany();

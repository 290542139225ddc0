import type { UnitPrice } from './money';

/** Merchandise moves stock; a service (postage, a voucher) is money only. */
export type ProductKind = 'merchandise' | 'service';

interface ProductFacts {
  sku: string;
  name: string;
  kind: ProductKind;
  price: UnitPrice;
}

/** Stream `product:<sku>` of `storefront`: the catalog, one price for every channel. */
export interface ProductEvents {
  /** A product can be ordered from now on. */
  ProductListed: ProductFacts;
  /** Name, kind or price changed; the event carries all of them as they now are. */
  ProductChanged: ProductFacts;
}

import type { UnitPrice } from './money';
import type { BundlePart } from './values';

/** Merchandise moves stock; a service (postage, a voucher) is money only. */
export type ProductKind = 'merchandise' | 'service';

interface ProductFacts {
  sku: string;
  name: string;
  kind: ProductKind;
  price: UnitPrice;
  /** What one unit is made of: a bundle has no stock of its own. None: it was a bundle and is one no more. */
  components?: BundlePart[];
}

/** Stream `product:<sku>` of `storefront`: the catalog, one price for every channel. */
export interface ProductEvents {
  /** A product can be ordered from now on. */
  ProductListed: ProductFacts;
  /** Name, kind, price or components changed; the event carries all of them as they now are. */
  ProductChanged: ProductFacts;
}

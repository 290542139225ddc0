import type { BundlePart, ProductEvents, ProductKind, UnitPrice } from '#libs/contracts';
import { Refusal, type Aggregate } from '#libs/eventsourcing/vocabulary';

/** A product as it is sold now; undefined until it is listed. */
export type Product =
  | {
      name: string;
      kind: ProductKind;
      price: UnitPrice;
      /** What one unit is made of, where it is a bundle. */
      components?: BundlePart[];
    }
  | undefined;

const facts = (_: Product, { name, kind, price, components = [] }: ProductEvents['ProductListed']): Product => ({
  ...{ name, kind, price },
  ...(components.length > 0 && { components }),
});

export const product: Aggregate<Product, ProductEvents> = {
  category: 'product',
  initial: undefined,
  evolve: { ProductListed: facts, ProductChanged: facts },
};

/** What somebody is told who names a product that nobody listed. */
export function unknownSku(sku: string, kind: 'not-found' | 'unprocessable'): Refusal {
  return new Refusal(
    'unknown-sku',
    `The catalog has no product ${sku}.`,
    'List it with PUT /storefront/products/:sku, or use a SKU that GET /storefront/products shows; case matters.',
    kind,
  );
}

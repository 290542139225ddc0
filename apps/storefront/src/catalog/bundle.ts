import type { BundlePart, ProductKind } from '#libs/contracts';
import { Refusal } from '#libs/eventsourcing/vocabulary';

/** A product that is made of others. */
interface Bundle {
  sku: string;
  kind: ProductKind;
  components: readonly BundlePart[];
}

/**
 * Whether it can be sold: what it is made of has to have stock.
 * @throws Refusal `service-bundle` or `nested-bundle`
 */
export function checkBundle({ sku, kind, components }: Bundle, bundles: readonly string[]): void {
  if (kind === 'service') throw serviceBundle(sku);
  const nested = components.find((part) => part.sku === sku || bundles.includes(part.sku));
  if (nested) throw nestedBundle(sku, nested.sku);
}

/** Whether two bundles are made of the same, in whatever order. */
export function isSameBundle(one: readonly BundlePart[] = [], other: readonly BundlePart[] = []): boolean {
  const units = new Map(one.map(({ sku, quantity }) => [sku, quantity]));
  return one.length === other.length && other.every(({ sku, quantity }) => units.get(sku) === quantity);
}

function serviceBundle(sku: string): Refusal {
  return new Refusal(
    'service-bundle',
    `${sku} is a service and moves no stock, so that it cannot be made of goods.`,
    'List it as merchandise, or without components.',
  );
}

function nestedBundle(sku: string, part: string): Refusal {
  return new Refusal(
    'nested-bundle',
    `${sku} cannot be made of ${part}, which is ${part === sku ? 'itself' : 'a bundle'}.`,
    'Name what the inner bundle is made of instead.',
  );
}

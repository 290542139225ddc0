import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { SKU_PATTERN, stockedLines, type BundlePart, type ProductEvents, type ProductKind } from '#libs/contracts';
import { Refusal, type Decide } from '#libs/eventsourcing/vocabulary';
import { checkBundle, isSameBundle } from './bundle';
import { asUnitPrice, isSamePrice, Price } from './price';
import type { Product } from './product';

const KINDS: readonly ProductKind[] = ['merchandise', 'service'];

const MAX_COMPONENTS = 50;
const MAX_UNITS = 1000;

/** So many units of a SKU in each unit of a bundle. */
export class Component implements BundlePart {
  @Matches(SKU_PATTERN)
  sku!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_UNITS)
  quantity!: number;
}

/** Puts a product into the catalog, or says how it has changed. */
export class ListProduct {
  /** From the path. */
  sku!: string;

  @IsString()
  @Length(1, 200)
  name!: string;

  /** One price for every channel. */
  @IsObject()
  @ValidateNested()
  @Type(() => Price)
  price!: Price;

  /** `service` (postage, a voucher) is money and moves no stock; `merchandise` when absent. */
  @IsOptional()
  @IsIn(KINDS)
  kind?: ProductKind;

  /** What one unit is made of, for a bundle: it has no stock of its own, theirs moves. Absent or none: it is no bundle. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_COMPONENTS)
  @ValidateNested({ each: true })
  @Type(() => Component)
  components?: Component[];
}

/**
 * The product as it now is; nothing when it is so already. Orders keep the price and the components with which they were placed.
 * `given`: which of the components are bundles themselves.
 */
export const listProduct: Decide<ListProduct, Product, ProductEvents, readonly string[] | undefined> = (
  command,
  known,
  context,
) => {
  const { sku, name, kind = 'merchandise' } = command;
  if (!SKU_PATTERN.test(sku)) throw badSku(sku);
  const components = stockedLines(command.components ?? []);
  if (components.length > 0) checkBundle({ sku, kind, components }, context.given ?? []);
  const facts = { sku, name, kind, price: asUnitPrice(command.price), components };
  if (known && isSame(known, facts)) return [];
  // A product that never was a bundle does not speak of it.
  const { components: _, ...plain } = facts;
  const data = components.length > 0 || known?.components ? facts : plain;
  return [{ type: known ? 'ProductChanged' : 'ProductListed', data }];
};

function isSame(known: NonNullable<Product>, facts: NonNullable<Product>): boolean {
  return (
    known.name === facts.name &&
    known.kind === facts.kind &&
    isSamePrice(known.price, facts.price) &&
    isSameBundle(known.components, facts.components)
  );
}

function badSku(sku: string): Refusal {
  return new Refusal(
    'invalid-sku',
    `"${sku.slice(0, 80)}" cannot be a SKU.`,
    'Use up to 64 letters, digits, spaces, dots, underscores and hyphens, beginning with a letter or digit.',
  );
}

import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsString, Length, ValidateNested } from 'class-validator';
import { SKU_PATTERN, type ProductEvents, type ProductKind } from '#libs/contracts';
import { Refusal, type Decide } from '#libs/eventsourcing/vocabulary';
import { asUnitPrice, isSamePrice, Price } from './price';
import type { Product } from './product';

const KINDS: readonly ProductKind[] = ['merchandise', 'service'];

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
}

/** The product as it now is; nothing when it is so already. Orders keep the price at which they were placed. */
export const listProduct: Decide<ListProduct, Product, ProductEvents> = (command, known) => {
  const { sku, name, kind = 'merchandise' } = command;
  if (!SKU_PATTERN.test(sku)) throw badSku(sku);
  const facts = { sku, name, kind, price: asUnitPrice(command.price) };
  if (!known) return [{ type: 'ProductListed', data: facts }];
  return isSame(known, facts) ? [] : [{ type: 'ProductChanged', data: facts }];
};

function isSame(known: NonNullable<Product>, facts: NonNullable<Product>): boolean {
  return known.name === facts.name && known.kind === facts.kind && isSamePrice(known.price, facts.price);
}

function badSku(sku: string): Refusal {
  return new Refusal(
    'invalid-sku',
    `"${sku.slice(0, 80)}" cannot be a SKU.`,
    'Use up to 64 letters, digits, spaces, dots, underscores and hyphens, beginning with a letter or digit.',
  );
}

import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { CHANNELS, MAX_QUANTITY, SKU_PATTERN, type Channel, type ChannelQuota, type PromisePolicy } from '#libs/contracts';
import { Refusal } from '#libs/eventsourcing/vocabulary';

/** Units that are kept for one channel. */
export class Quota implements ChannelQuota {
  @IsIn(CHANNELS)
  channel!: Channel;

  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY)
  units!: number;

  /** The channels that may take what this one has not used; absent: none. */
  @IsOptional()
  @IsIn(CHANNELS, { each: true })
  @IsArray()
  @ArrayUnique()
  lendsTo?: Channel[];
}

/** How the units of a SKU are shared between channels. Setting it begins the quotas anew. */
export class PolicyTerms implements PromisePolicy {
  /** From the path. */
  sku!: string;

  /** Units that are promised to nobody. */
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY)
  safetyStock!: number;

  /** At most one for each channel; where there is less than all of them, those that come first are kept first. */
  @IsArray()
  @ArrayMaxSize(CHANNELS.length)
  @ArrayUnique(({ channel }: Quota) => channel, { message: 'quotas must not name a channel twice' })
  @ValidateNested({ each: true })
  @Type(() => Quota)
  quotas!: Quota[];

  /** What the quotas are for (`2026-W31`): the same terms for another period begin them anew. */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  period?: string;
}

/** The terms alone, in one form, so that the same can be known again. */
export function termsOf({ safetyStock, quotas, period }: PromisePolicy): PromisePolicy {
  return {
    safetyStock,
    quotas: quotas.map(({ channel, units, lendsTo = [] }) => ({ channel, units, ...(lendsTo.length > 0 && { lendsTo }) })),
    ...(period !== undefined && { period }),
  };
}

/** Whether two policies say the same. */
export function isSamePolicy(one: PromisePolicy | undefined, other: PromisePolicy | undefined): boolean {
  if (!one || !other) return one === other;
  return JSON.stringify(termsOf(one)) === JSON.stringify(termsOf(other));
}

/**
 * What cannot be a policy however it is written.
 * @throws Refusal `invalid-sku` or `lends-to-itself`
 */
export function checkTerms({ sku, quotas }: PolicyTerms): void {
  if (!SKU_PATTERN.test(sku)) throw badSku(sku);
  const own = quotas.find(({ channel, lendsTo }) => lendsTo?.includes(channel));
  if (own) throw lendsToItself(own.channel);
}

/** What somebody is told who asks for a policy, or withdraws one, that nobody set. */
export function unknownPolicy(sku: string, location?: string): Refusal {
  const where = location === undefined ? '' : ` at ${location}`;
  return new Refusal(
    'unknown-policy',
    `There is no promise policy of its own for ${sku.slice(0, 80)}${where}.`,
    'Set one with PUT /inventory/promise-policies/:sku or, for one place, /inventory/promise-policies/:sku/:location.',
    'not-found',
  );
}

function badSku(sku: string): Refusal {
  return new Refusal(
    'invalid-sku',
    `"${sku.slice(0, 80)}" cannot be a SKU.`,
    'Use up to 64 letters, digits, spaces, dots, underscores and hyphens, beginning with a letter or digit.',
  );
}

function lendsToItself(channel: Channel): Refusal {
  return new Refusal(
    'lends-to-itself',
    `The quota of ${channel} lends to ${channel}, whose it is.`,
    'Name only other channels in lendsTo.',
  );
}

import { Type } from 'class-transformer';
import { IsInt, IsNumber, IsObject, Max, Min, ValidateNested } from 'class-validator';
import type { SourcingRule, SourcingRuleEvents } from '#libs/contracts';
import { Refusal, type Decide } from '#libs/eventsourcing/vocabulary';
import { ORDERS, ruleInForce, type SourcingRules } from './sourcing-rule';

const MAX_WEIGHT = 1_000_000;
/** Half way round the Earth is everywhere. */
const MAX_KM = 20_100;
const MAX_MINOR = 1_000_000_000;
const MAX_DAYS = 36_500;
const LEAST_FRESH_DAYS = 0.1;
/** Every further parcel multiplies the ways in which an order can be cut. */
const MAX_PARCELS = 4;

function Between(least: number, most: number): PropertyDecorator {
  return (target, field) => [IsNumber(), Min(least), Max(most)].forEach((check) => check(target, field));
}

function Part(type: () => new () => object): PropertyDecorator {
  return (target, field) => [IsObject(), ValidateNested(), Type(type)].forEach((check) => check(target, field));
}

/** Points, of which fewer are better; 0: does not matter. */
export class Weights {
  /** For each kilometer. */
  @Between(0, MAX_WEIGHT)
  distance!: number;

  /** For taking the last that a place can promise the channel. */
  @Between(0, MAX_WEIGHT)
  promise!: number;

  /** For each hundred minor units that sending costs. */
  @Between(0, MAX_WEIGHT)
  cost!: number;

  /** For each parcel more than one. */
  @Between(0, MAX_WEIGHT)
  split!: number;

  /** For goods at the end of their shelf life; below zero, old goods are sent first. */
  @Between(-MAX_WEIGHT, MAX_WEIGHT)
  freshness!: number;

  /** For a place that holds as many open orders as it can handle in a day. */
  @Between(0, MAX_WEIGHT)
  load!: number;
}

/** What a parcel costs by what its place is; minor units. */
export class ParcelCosts {
  @Between(0, MAX_MINOR)
  warehouse!: number;

  @Between(0, MAX_MINOR)
  store!: number;

  @Between(0, MAX_MINOR)
  'corner-shop'!: number;

  @Between(0, MAX_MINOR)
  locker!: number;
}

/** Minor units: for a parcel, and for each kilometer of its way. */
export class SendingCosts {
  @Part(() => ParcelCosts)
  parcelMinor!: ParcelCosts;

  @Between(0, MAX_MINOR)
  perKmMinor!: number;
}

/** Says by which rule orders are sourced from now on; the whole of it. */
export class SetSourcingRule implements SourcingRule {
  /** From the path. */
  rules!: string;

  @Part(() => Weights)
  weights!: Weights;

  /** No place that is farther sends anything; kilometers. */
  @Between(0, MAX_KM)
  maxKm!: number;

  /** No place that is farther delivers within half an hour; kilometers. */
  @Between(0, MAX_KM)
  thirtyMinuteKm!: number;

  /** How much farther than the nearest place that could a chosen one may be; kilometers. */
  @Between(0, MAX_KM)
  maxExcessKm!: number;

  /** The most parcels that an order may be cut into; 1: never cut. */
  @IsInt()
  @Min(1)
  @Max(MAX_PARCELS)
  maxParcels!: number;

  @Part(() => SendingCosts)
  cost!: SendingCosts;

  /** So many days of shelf life left are as good as any more. */
  @Between(LEAST_FRESH_DAYS, MAX_DAYS)
  freshDays!: number;
}

/** The next version of the rule; nothing when it is in force already. Refuses rules that are none of orders. */
export const setSourcingRule: Decide<SetSourcingRule, SourcingRules, SourcingRuleEvents> = (command, rules) => {
  if (command.rules !== ORDERS) throw unknownRules(command.rules);
  const rule = plain(command);
  const { version, ...known } = ruleInForce(rules);
  if (JSON.stringify(plain(known)) === JSON.stringify(rule)) return [];
  return [{ type: 'SourcingRuleSet', data: { version: version + 1, rule } }];
};

/** What somebody is told who names rules that there are not. */
export function unknownRules(name: string): Refusal {
  return new Refusal(
    'unknown-sourcing-rule',
    `There is no sourcing rule ${name.slice(0, 80)}.`,
    'Orders are sourced by /inventory/sourcing-rules/orders; its versions are counted from 0.',
    'not-found',
  );
}

/** The fields in one order, so that the same rule reads the same. */
function plain({ weights, cost, ...limits }: SourcingRule): SourcingRule {
  const { distance, promise, cost: perCost, split, freshness, load } = weights;
  const { warehouse, store, locker, 'corner-shop': cornerShop } = cost.parcelMinor;
  const { maxKm, thirtyMinuteKm, maxExcessKm, maxParcels, freshDays } = limits;
  return {
    weights: { distance, promise, cost: perCost, split, freshness, load },
    ...{ maxKm, thirtyMinuteKm, maxExcessKm, maxParcels },
    cost: { parcelMinor: { warehouse, store, 'corner-shop': cornerShop, locker }, perKmMinor: cost.perKmMinor },
    freshDays,
  };
}

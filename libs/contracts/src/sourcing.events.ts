import type { Sealed } from './sealed';
import type { DeliveryService, GeoPoint, LocationKind } from './values';

/** How a place is chosen: what counts for how much, and what must not be. All of it is data, so that it changes without a release. */
export interface SourcingRule {
  /** Points, of which fewer are better. */
  weights: {
    /** For each kilometer. */
    distance: number;
    /** For taking the last that a place can promise the channel, and in proportion for less. */
    promise: number;
    /** For each hundred minor units that sending costs. */
    cost: number;
    /** For each parcel more than one. */
    split: number;
    /** For goods at the end of their shelf life, and in proportion for fresher ones; below zero, old goods are sent first. */
    freshness: number;
    /** For a place that holds as many open orders as it can handle in a day, and in proportion for others. */
    load: number;
  };
  /** No place that is farther sends anything, in kilometers. */
  maxKm: number;
  /** No place that is farther delivers within half an hour, in kilometers. */
  thirtyMinuteKm: number;
  /** How much farther than the nearest place that could a chosen one may be, in kilometers. */
  maxExcessKm: number;
  /** The most parcels that an order may be cut into; 1: never cut. */
  maxParcels: number;
  /** What sending costs: for the parcel, by what the place is, and for each kilometer; in minor units. */
  cost: { parcelMinor: Record<LocationKind, number>; perKmMinor: number };
  /** So many days of shelf life left are as good as any more. */
  freshDays: number;
}

/** Stream `sourcing-rule:orders` of `inventory`: by which rule orders were sourced, and when. */
export interface SourcingRuleEvents {
  /** From now on orders are sourced by this rule. Version 0 is the one that everybody begins with; nobody set it. */
  SourcingRuleSet: { version: number; rule: SourcingRule };
}

/** Why a place was not asked for the goods, though it was near enough. */
export type Obstacle = 'wrong-kind' | 'cannot' | 'outside-area' | 'too-far' | 'closed' | 'short' | 'failed-before';

/** A place that could give the goods, as far as was known. The numbers are absent where they would tell where somebody lives. */
export interface Considered {
  location: string;
  /** What it scored; fewer are better. */
  points?: number;
  /** Along the great circle. */
  distanceKm?: number;
  /** The part of what it can promise the channel that the order would take, of the scarcest SKU: above 0 and up to 1. */
  promise?: number;
  costMinor?: number;
  /** 0 for fresh goods, 1 at the end of their shelf life. */
  staleness?: number;
  /** Open orders as a share of what the place handles in a day. */
  load?: number;
}

/** Why goods come from where they come from. */
export interface SourcingDecision {
  /** How many places the rule allowed, as far as was known. */
  feasible: number;
  /** The best of them, best first. One that stands before the chosen one was sold out in that moment. */
  considered: Considered[];
  /** The nearest of those that were as near and could not. */
  passedOver?: { location: string; obstacle: Obstacle }[];
  /** Where the goods go and how, for when they have to be sourced again. */
  deliverTo?: GeoPoint;
  /** Absent: as a parcel. */
  service?: DeliveryService;
}

/** By which version of the rule goods were sourced, and what was weighed. */
export interface Sourced {
  rule?: number;
  /** Where nothing in it says where a person lives. */
  sourcing?: SourcingDecision;
  /** Holds a `SourcingDecision`: ways from several places tell where a person lives. */
  sealedSourcing?: Sealed<SourcingDecision>;
}

import type { Channel, Obstacle, SourcingRule } from '#libs/contracts';
import { CHANNEL_OF, kmTo, obstacle, type Place, type Wanted } from './place';
import { score, type Scored } from './score';
import { NO_TERRITORY, shelfLifeAt, unitsAt, type Shelf, type Territory } from './territory';

/** Where the goods of an order are. */
export interface Whereabouts {
  /** Each SKU of the order, in the order of its lines. */
  shelves: readonly Shelf[];
  /** The places that are looked through: those of the SKU that is in the fewest, or all places for an order without goods. */
  territory: Territory;
}

/** The places that carry the SKU which the fewest places carry: whoever has everything is among them. */
export function whereabouts(shelves: readonly Shelf[]): Whereabouts {
  const sizes = shelves.map(({ territory }) => territory.ids.length);
  return { shelves, territory: shelves[sizes.indexOf(Math.min(...sizes))]?.territory ?? NO_TERRITORY };
}

/** A look for the places that could hold an order whole. */
export class Search {
  readonly channel: Channel;
  readonly territory: Territory;

  constructor(
    readonly wanted: Wanted,
    readonly where: Whereabouts,
    readonly rule: SourcingRule,
    /** Places that have failed the order before. */
    readonly without: ReadonlySet<string> = NONE,
  ) {
    this.channel = wanted.channel ?? CHANNEL_OF[wanted.demand];
    this.territory = where.territory;
  }

  /** Up to where a place is near enough, in kilometers: so much farther than the nearest that could; undefined when none could. */
  get reachKm(): number | undefined {
    const { wanted, territory } = this;
    const fits = (place: number): boolean => this.obstacleAt(place) === undefined;
    if (!wanted.deliverTo) return this.numbers.some(fits) ? 0 : undefined;
    const nearest = territory.tree.nearest(wanted.deliverTo, fits);
    const place = nearest === undefined ? undefined : territory.places[nearest];
    return place && kmTo(place, wanted) + this.rule.maxExcessKm;
  }

  /** The places within a reach; all of them when nobody knows where the goods go. */
  around(km: number): number[] {
    const { deliverTo } = this.wanted;
    return deliverTo ? this.territory.tree.within(km, deliverTo) : this.numbers;
  }

  get numbers(): number[] {
    return this.territory.ids.map((_, n) => n);
  }

  /** What keeps a place from holding the whole order, as far as is known; undefined when nothing does. */
  obstacleAt(place: number): Obstacle | undefined {
    return this.hasAll(place) ? this.standingObstacle(place) : 'short';
  }

  /** The same, whatever is on its shelves now. */
  standingObstacle(place: number): Obstacle | undefined {
    const facts = this.territory.places[place];
    if (!facts) return 'wrong-kind';
    return this.without.has(facts.location) ? 'failed-before' : obstacle(facts, this.wanted, this.rule);
  }

  /** Whether it has ever had every SKU. */
  carriesAll(place: number): boolean {
    return this.where.shelves.every((shelf) => this.unitsOf(shelf, place) !== undefined);
  }

  score(place: number): Scored {
    return score(this.placeOf(place), { promise: this.promiseTaken(place), ...this.shelfLife(place) }, this);
  }

  placeOf(number: number): Place {
    const place = this.territory.places[number];
    if (!place) throw new Error(`Nothing is known of ${this.territory.ids[number] ?? number}, so that it cannot be asked.`);
    return place;
  }

  idOf(number: number): string {
    return this.territory.ids[number] ?? '';
  }

  /** Places of which nothing is known are nowhere. */
  kmTo(number: number): number {
    const place = this.territory.places[number];
    return place ? kmTo(place, this.wanted) : Infinity;
  }

  private hasAll(place: number): boolean {
    const { wanted, where } = this;
    for (let line = 0; line < where.shelves.length; line++) {
      const units = this.unitsOf(where.shelves[line], place);
      if (units === undefined || units < (wanted.lines[line]?.quantity ?? 0)) return false;
    }
    return true;
  }

  /** 1 at most: a place that seems sold out can be asked, too. */
  private promiseTaken(place: number): number {
    let taken = 0;
    this.where.shelves.forEach((shelf, line) => {
      const units = this.unitsOf(shelf, place) ?? 0;
      taken = Math.max(taken, (this.wanted.lines[line]?.quantity ?? 0) / Math.max(units, 1));
    });
    return Math.min(1, taken);
  }

  /** What goes bad first makes the parcel as old as it is. */
  private shelfLife(place: number): { shelfLifeDays?: number } {
    const days = this.where.shelves.flatMap((shelf) => shelfLifeAt(shelf, this.territory, place) ?? []);
    return days.length > 0 ? { shelfLifeDays: Math.min(...days) } : {};
  }

  private unitsOf(shelf: Shelf | undefined, place: number): number | undefined {
    return shelf && unitsAt(shelf, this, place);
  }
}

const NONE: ReadonlySet<string> = new Set();

import type { Place } from './place';
import { Territory } from './territory';

const MAX_TERRITORIES = 10_000;

/** Every place as it was at one moment, and the territories that were asked for since. */
export class PlaceBook {
  private readonly territories = new Map<string, Territory>();
  private all: Territory | undefined;

  constructor(private readonly places: ReadonlyMap<string, Place>) {}

  get everywhere(): Territory {
    return (this.all ??= this.made([...this.places.keys()].sort()));
  }

  /** @param list the ids of its places in JSON: the same list is the same territory */
  territory(list: string): Territory {
    const known = this.territories.get(list);
    if (known) return known;
    const made = this.made(JSON.parse(list) as string[]);
    if (this.territories.size >= MAX_TERRITORIES) this.territories.clear();
    this.territories.set(list, made);
    return made;
  }

  private made(ids: string[]): Territory {
    return new Territory(
      ids,
      ids.map((id) => this.places.get(id)),
    );
  }
}

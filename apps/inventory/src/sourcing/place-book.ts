import type { Place } from './place';
import { Territory } from './territory';

const MAX_TERRITORIES = 10_000;

/** Every place as it is known, and the territories that were asked for. */
export class PlaceBook {
  private readonly territories = new Map<string, Territory>();
  private places = new Map<string, Place>();
  private all: Territory | undefined;

  /** All places as they now are. As long as none has come, gone or changed but for how busy it is, territories stay as they are. */
  renew(places: readonly Place[]): this {
    const isSame = places.length === this.places.size && places.every((place) => isKnown(this.places.get(place.location), place));
    if (isSame) {
      for (const { location, openOrders } of places) Object.assign(this.places.get(location) ?? {}, { openOrders });
      return this;
    }
    this.places = new Map(places.map((place) => [place.location, place]));
    this.territories.clear();
    this.all = undefined;
    return this;
  }

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

function isKnown(known: Place | undefined, place: Place): boolean {
  return known !== undefined && JSON.stringify({ ...known, openOrders: 0 }) === JSON.stringify({ ...place, openOrders: 0 });
}

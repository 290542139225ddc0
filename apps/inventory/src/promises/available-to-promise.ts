import type { Channel } from '#libs/contracts';
import { promiseTo, type OpenQuota } from '../stock/promise';
import { supplyOf } from '../stock/promised';
import type { Stock } from '../stock/stock';

/** What a channel can be promised, and what is held back from it. */
interface PromiseOf {
  channel: Channel;
  /** Units; never below zero. */
  available: number;
  keptForOthers: number;
}

/** The terms of the formula at one place, and what they come to for each channel. */
export interface PlacePromise {
  location: string;
  onHand: number;
  reserved: number;
  /** On hand, and kept from sale. */
  quarantined: number;
  safetyStock: number;
  inbound: number;
  /** What nobody has used yet of each quota. */
  quotas: readonly OpenQuota[];
  channels: PromiseOf[];
}

/** What can be promised at a place, with every term of it. */
export function promiseAt(location: string, state: Stock, channels: readonly Channel[], inbound = 0): PlacePromise {
  const supply = supplyOf(state, inbound);
  const { onHand, reserved, quarantined = 0, safetyStock, quotas } = supply;
  const promises = channels.map((channel) => {
    const { available, keptForOthers } = promiseTo(channel, supply);
    return { channel, available: Math.max(0, available), keptForOthers };
  });
  return { location, onHand, reserved, quarantined, safetyStock, inbound, quotas, channels: promises };
}

/** The same over all places: a promise is kept by one of them, so that what one lacks is not taken from another. */
export function inAll(places: readonly PlacePromise[], channels: readonly Channel[]): { channels: PromiseOf[] } {
  const sum = (channel: Channel, of: 'available' | 'keptForOthers'): number =>
    places.reduce((total, place) => total + (place.channels.find((one) => one.channel === channel)?.[of] ?? 0), 0);
  return {
    channels: channels.map((channel) => ({
      channel,
      available: sum(channel, 'available'),
      keptForOthers: sum(channel, 'keptForOthers'),
    })),
  };
}

import type { Capability, GeoPoint, LocationKind } from '#libs/contracts';
import { invalidInput } from '#libs/platform';
import type { LocationFilter } from './location.view';
import { CAPABILITIES, KINDS } from './register-location';

/** What a list of locations can be asked for. */
export interface LocationQuery {
  kind?: string;
  capability?: string;
  /** `latitude,longitude` */
  near?: string;
  km?: string;
}

const NUMBER = '[+-]?\\d{1,5}(?:\\.\\d{1,15})?';
const POINT = new RegExp(`^(${NUMBER}),(${NUMBER})$`);

/** @throws Problem 400 `unknown-kind`, `unknown-capability` or `invalid-area` */
export function filterIn({ kind, capability, near, km }: LocationQuery): LocationFilter {
  const within = near === undefined && km === undefined ? undefined : { km: kmIn(km), of: pointIn(near) };
  return {
    ...(kind !== undefined && { kind: oneOf('kind', kind, KINDS) satisfies LocationKind }),
    ...(capability !== undefined && { capability: oneOf('capability', capability, CAPABILITIES) satisfies Capability }),
    ...(within && { within }),
  };
}

function oneOf<T extends string>(name: string, text: string, all: readonly T[]): T {
  const found = all.find((value) => value === text);
  if (found !== undefined) return found;
  throw invalidInput(`unknown-${name}`, `The ${name} is "${text.slice(0, 40)}".`, `Send one of ${all.join(', ')}.`);
}

function pointIn(text = ''): GeoPoint {
  const [, latitude = '', longitude = ''] = POINT.exec(text) ?? [];
  const point = { latitude: Number(latitude), longitude: Number(longitude) };
  if (latitude === '' || Math.abs(point.latitude) > 90 || Math.abs(point.longitude) > 180) throw invalidArea('near', text);
  return point;
}

function kmIn(text = ''): number {
  if (!/^\d{1,5}(\.\d{1,6})?$/.test(text)) throw invalidArea('km', text);
  return Number(text);
}

function invalidArea(name: string, text: string): Error {
  const remedy = 'Send both: near as latitude,longitude in WGS 84 degrees, km as a number of kilometers. near=30.25,120.16&km=5';
  return invalidInput('invalid-area', `${name} is "${text.slice(0, 40)}".`, remedy);
}

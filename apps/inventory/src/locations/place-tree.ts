import type { GeoPoint } from '#libs/contracts';
import { EARTH_RADIUS_KM } from './great-circle';

const AXES = 3;
/** Rounding of a chord, so that a place on the very edge is not lost to it. */
const SLACK = 1e-12;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** What is asked of a tree: a walk over the points that may be near enough. */
interface Walk {
  to: readonly number[];
  /** The square of the farthest chord that is of interest; it shrinks as nearer points are found. */
  reach: number;
  visit: (point: number, chord: number) => void;
}

/**
 * Points on the globe, found by nearness without looking at all of them: a k-d tree over their places in space, where neither the
 * date line nor the poles are special. A point that is undefined is nowhere.
 */
export class PlaceTree {
  /** Three coordinates a point, on the unit sphere. */
  private readonly at: Float64Array;
  /** Indices of points; the middle of each part is its root, with what is on the one side before and on the other after it. */
  private readonly order: Int32Array;

  constructor(points: readonly (GeoPoint | undefined)[]) {
    this.at = new Float64Array(points.length * AXES);
    const known: number[] = [];
    points.forEach((point, n) => {
      if (!point) return;
      this.at.set(onSphere(point), n * AXES);
      known.push(n);
    });
    this.order = Int32Array.from(known);
    this.arrange(0, this.order.length, 0);
  }

  /** The nearest point that is accepted; of two that are equally near, the one that comes first in the list. */
  nearest(to: GeoPoint, accepts: (point: number) => boolean): number | undefined {
    let nearest: number | undefined;
    let best = Infinity;
    const walk: Walk = {
      to: onSphere(to),
      reach: Infinity,
      visit: (point, chord) => {
        const isNearer = chord < best || (chord === best && point < (nearest ?? Infinity));
        if (!isNearer || !accepts(point)) return;
        nearest = point;
        best = chord;
        walk.reach = chord + SLACK;
      },
    };
    this.walk(walk, { from: 0, end: this.order.length }, 0);
    return nearest;
  }

  /** The points that are at most so many kilometers away along the great circle, in any order; or a few meters more. */
  within(km: number, of: GeoPoint): number[] {
    const found: number[] = [];
    const chord = 2 * Math.sin(Math.min(km / EARTH_RADIUS_KM, Math.PI) / 2);
    const reach = chord ** 2 + SLACK;
    const visit = (point: number, away: number): unknown => away <= reach && found.push(point);
    this.walk({ to: onSphere(of), reach, visit }, { from: 0, end: this.order.length }, 0);
    return found;
  }

  private arrange(from: number, end: number, axis: number): void {
    if (end - from < 2) return;
    const { at } = this;
    this.order.subarray(from, end).sort((a, b) => (at[a * AXES + axis] ?? 0) - (at[b * AXES + axis] ?? 0));
    const middle = (from + end) >> 1;
    this.arrange(from, middle, (axis + 1) % AXES);
    this.arrange(middle + 1, end, (axis + 1) % AXES);
  }

  private walk(walk: Walk, { from, end }: { from: number; end: number }, axis: number): void {
    if (from >= end) return;
    const middle = (from + end) >> 1;
    const point = this.order[middle] ?? 0;
    walk.visit(point, this.chord(point, walk.to));
    const beyond = (walk.to[axis] ?? 0) - (this.at[point * AXES + axis] ?? 0);
    const [low, high] = [
      { from, end: middle },
      { from: middle + 1, end },
    ];
    const next = (axis + 1) % AXES;
    this.walk(walk, beyond < 0 ? low : high, next);
    // What lies behind the wall between the two sides is at least as far as the wall.
    if (beyond ** 2 <= walk.reach) this.walk(walk, beyond < 0 ? high : low, next);
  }

  private chord(point: number, [x = 0, y = 0, z = 0]: readonly number[]): number {
    const { at } = this;
    const start = point * AXES;
    return ((at[start] ?? 0) - x) ** 2 + ((at[start + 1] ?? 0) - y) ** 2 + ((at[start + 2] ?? 0) - z) ** 2;
  }
}

function onSphere({ latitude, longitude }: GeoPoint): [number, number, number] {
  const [north, east] = [radians(latitude), radians(longitude)];
  return [Math.cos(north) * Math.cos(east), Math.cos(north) * Math.sin(east), Math.sin(north)];
}

const POINTER = 8;
const OBJECT = 24;

/** About how many bytes a value takes in memory: good enough to keep a cache within bounds, and cheap. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return OBJECT + value.length;
  if (typeof value !== 'object' || value === null) return POINTER;
  let bytes = OBJECT;
  for (const part of Array.isArray(value) ? (value as unknown[]) : Object.values(value)) bytes += POINTER + sizeOf(part);
  return bytes;
}

const SEED = 0x9747b28c;
const MULTIPLIER = 0x5bd1e995;

/**
 * MurmurHash2 as Kafka's default partitioner computes it, as a signed 32-bit integer. With it a producer that knows
 * nothing of us but the key picks the same partition as our relay picks the lane.
 */
export function murmur2(key: string): number {
  const bytes = Buffer.from(key, 'utf8');
  const whole = bytes.length & ~3;
  let hash = SEED ^ bytes.length;
  for (let at = 0; at < whole; at += 4) {
    let word = Math.imul(bytes.readInt32LE(at), MULTIPLIER);
    word = Math.imul(word ^ (word >>> 24), MULTIPLIER);
    hash = Math.imul(hash, MULTIPLIER) ^ word;
  }
  hash = mixTail(hash, bytes, whole);
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return hash ^ (hash >>> 15);
}

function mixTail(hash: number, bytes: Buffer, from: number): number {
  if (from === bytes.length) return hash;
  let tail = 0;
  for (let at = bytes.length - 1; at >= from; at--) tail = (tail << 8) | (bytes[at] ?? 0);
  return Math.imul(hash ^ tail, MULTIPLIER);
}

/** The lane of a stream: ordering unit, lock unit and Kafka partition in one. From 0 to `lanes - 1`. */
export function laneOf(stream: string, lanes: number): number {
  return (murmur2(stream) & 0x7fffffff) % lanes;
}

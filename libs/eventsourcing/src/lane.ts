const SEED = 0x9747b28c;
const MULTIPLIER = 0x5bd1e995;

/**
 * MurmurHash2 as Kafka's default partitioner computes it, as a signed 32-bit integer. With it a producer that knows
 * nothing of us but the key picks the same partition as our relay picks the lane.
 */
export function murmur2(key: string): number {
  const plain = isPlain(key);
  const bytes = plain ? scratch : Buffer.from(key, 'utf8');
  const length = plain ? key.length : bytes.length;
  const whole = length & ~3;
  let hash = SEED ^ length;
  for (let at = 0; at < whole; at += 4) {
    let word = Math.imul(bytes.readInt32LE(at), MULTIPLIER);
    word = Math.imul(word ^ (word >>> 24), MULTIPLIER);
    hash = Math.imul(hash, MULTIPLIER) ^ word;
  }
  if (whole < length) hash = mixTail(hash, bytes, { from: whole, to: length });
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return hash ^ (hash >>> 15);
}

const scratch = Buffer.alloc(256);

/** Nearly every key is ASCII and short: its bytes are put where the last key's were, for less than a buffer of its own would cost. */
function isPlain(key: string): boolean {
  if (key.length > scratch.length) return false;
  for (let at = 0; at < key.length; at++) {
    const code = key.charCodeAt(at);
    if (code > 127) return false;
    scratch[at] = code;
  }
  return true;
}

function mixTail(hash: number, bytes: Buffer, { from, to }: { from: number; to: number }): number {
  let tail = 0;
  for (let at = to - 1; at >= from; at--) tail = (tail << 8) | (bytes[at] ?? 0);
  return Math.imul(hash ^ tail, MULTIPLIER);
}

/** The lane of a stream: ordering unit, lock unit and Kafka partition in one. From 0 to `lanes - 1`. */
export function laneOf(stream: string, lanes: number): number {
  return (murmur2(stream) & 0x7fffffff) % lanes;
}

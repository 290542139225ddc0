import { createHmac } from 'node:crypto';
import { isSealed, SEALED } from '#libs/contracts';
import { decrypt, encrypt, IV_BYTES, KEY_BYTES } from './aes';

/** The key of one person, or of one of the times that they were known: after an erasure the next key has another id. */
export interface SubjectKey {
  id: string;
  subject: string;
  /** The first half seals, the second makes initialization vectors. */
  secret: Buffer;
}

export const SECRET_BYTES = 2 * KEY_BYTES;
/** Letters of an id: base64url of 12 random bytes. */
const ID_LENGTH = 16;

/** What is wrong with a sealed value that has its key and does not open: it was changed, or moved to another field. */
export class SealBroken extends Error {
  constructor(field: string) {
    super(`What is sealed in ${field} is not what was sealed there; compare it with a backup.`);
    this.name = 'SealBroken';
  }
}

/** The id of the key that a value is sealed with; undefined when it is not sealed at all. */
export function keyIdOf(value: unknown): string | undefined {
  return isSealed(value) ? value.slice(SEALED.length, SEALED.length + ID_LENGTH) : undefined;
}

/**
 * Seals a value of JSON as `sealed:v1:<key id>:<vector, ciphertext and tag>`, bound to the person and the field.
 *
 * The initialization vector follows from the secret, the value and `occasion` (the command that brings it), so that a repeat
 * of the command gives the same text and can be recognized as one, while the same value at another occasion looks different.
 * A vector is never used for two values, short of a collision of SHA-256 cut to 96 bits under one person's key.
 */
export function seal(key: SubjectKey, { field, occasion }: { field: string; occasion: string }, value: unknown): string {
  const text = JSON.stringify(value);
  const vector = createHmac('sha256', key.secret.subarray(KEY_BYTES)).update(`${occasion}\n${field}\n${text}`).digest();
  const sealed = encrypt(key.secret.subarray(0, KEY_BYTES), vector.subarray(0, IV_BYTES), Buffer.from(text), bond(key, field));
  return `${SEALED}${key.id}:${sealed.toString('base64url')}`;
}

/** The value that was sealed. @throws SealBroken when it was changed, or is shown as another field than it was sealed for */
export function unseal(key: SubjectKey, field: string, text: string): unknown {
  const encoded = text.slice(SEALED.length + ID_LENGTH + 1);
  const sealed = Buffer.from(encoded, 'base64url');
  // Decoding is lenient: other letters can stand for the same bytes, and nobody but us may have written them.
  const isOurs = text[SEALED.length + ID_LENGTH] === ':' && sealed.toString('base64url') === encoded;
  const plain = isOurs ? decrypt(key.secret.subarray(0, KEY_BYTES), sealed, bond(key, field)) : undefined;
  if (!plain) throw new SealBroken(field);
  return JSON.parse(plain.toString()) as unknown;
}

function bond({ id, subject }: SubjectKey, field: string): string {
  return `${id}\n${field}\n${subject}`;
}

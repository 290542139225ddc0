import { createCipheriv, createDecipheriv } from 'node:crypto';

export const KEY_BYTES = 32;
export const IV_BYTES = 12;
const TAG_BYTES = 16;
const TAG = { authTagLength: TAG_BYTES };

/** AES-256-GCM: initialization vector, ciphertext and tag in one. `bound` is not in it, but nothing opens without it. */
export function encrypt(key: Buffer, iv: Buffer, plain: Buffer, bound: string): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, iv, TAG).setAAD(Buffer.from(bound));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** The plain bytes; undefined when anything is not as it was encrypted: key, bytes or `bound`. */
export function decrypt(key: Buffer, sealed: Buffer, bound: string): Buffer | undefined {
  if (sealed.length < IV_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), TAG).setAAD(Buffer.from(bound));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    // All that it says is that the tag does not fit.
    return undefined;
  }
}

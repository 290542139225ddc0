import { hash } from 'node:crypto';

/** A UUID (version 8: made of a hash) that is the same for the same cause, so that a repeat is known as one. */
export function derivedId(cause: string): string {
  const hex = hash('sha256', cause, 'hex');
  const variant = ((parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}

import { randomBytes } from 'node:crypto';
import { decrypt, encrypt, IV_BYTES } from './aes';
import { SECRET_BYTES, type SubjectKey } from './seal';

const ID_BYTES = 12;

/** The keys in the database are wrapped with another master key. */
export class WrongMasterKey extends Error {
  constructor() {
    super('The keys of persons in the database are wrapped with another master key.');
    this.name = 'WrongMasterKey';
  }
}

/** Wraps the keys of persons, so that their table alone opens nothing. */
export class MasterKey {
  private readonly key: Buffer;

  /** @param hex 32 bytes as 64 hexadecimal digits */
  constructor(hex: string) {
    this.key = Buffer.from(hex, 'hex');
  }

  /** A fresh key for a person. */
  newKey(subject: string): SubjectKey {
    return { id: randomBytes(ID_BYTES).toString('base64url'), subject, secret: randomBytes(SECRET_BYTES) };
  }

  wrap({ id, subject, secret }: SubjectKey): string {
    return encrypt(this.key, randomBytes(IV_BYTES), secret, `${id}\n${subject}`).toString('base64');
  }

  /** @throws WrongMasterKey */
  unwrap(id: string, subject: string, wrapped: string): SubjectKey {
    const secret = decrypt(this.key, Buffer.from(wrapped, 'base64'), `${id}\n${subject}`);
    if (!secret) throw new WrongMasterKey();
    return { id, subject, secret };
  }
}

import { JwtService } from '@nestjs/jwt';
import { SERVICES } from '#libs/contracts';
import type { Config } from '../config/config';
import { Problem } from '../http/problem';
import type { Caller } from './caller';

interface Known {
  caller: Caller;
  /** Seconds since 1970; infinity for a token without an end. */
  expires: number;
}

interface Claims {
  sub?: unknown;
  /** Blank-separated, as in RFC 8693. */
  scope?: unknown;
  exp?: number;
}

const REMEMBERED = 1000;

/** Verifies bearer tokens (JWT, HS256). A token that was verified is remembered until it ends, because callers bring it again. */
export class Tokens {
  private readonly known = new Map<string, Known>();
  private readonly jwt: JwtService;

  constructor(secret: string) {
    this.jwt = new JwtService({ secret, verifyOptions: { algorithms: ['HS256'] } });
  }

  /** Who an Authorization header speaks for. Throws a 401 problem. */
  callerIn(header: string | undefined): Caller {
    const token = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
    if (token === undefined) throw unauthorized('token-required', 'The request brings no bearer token.');
    const known = this.known.get(token);
    if (known && known.expires > Date.now() / 1000) return known.caller;
    return this.remember(token, this.verified(token));
  }

  private verified(token: string): Known {
    const { sub, scope, exp } = this.claims(token);
    if (typeof sub !== 'string' || sub === '') throw unauthorized('invalid-token', 'The token names no subject (`sub`).');
    const scopes = typeof scope === 'string' ? scope.split(' ') : [];
    return { caller: { subject: sub, scopes: new Set(scopes) }, expires: exp ?? Infinity };
  }

  private claims(token: string): Claims {
    try {
      return this.jwt.verify<Claims>(token);
    } catch (error) {
      throw unauthorized('invalid-token', `The token does not hold: ${(error as Error).message}.`);
    }
  }

  private remember(token: string, known: Known): Caller {
    if (this.known.size >= REMEMBERED) this.known.clear();
    this.known.set(token, known);
    return known.caller;
  }
}

function unauthorized(code: string, detail: string): Problem {
  return new Problem({
    status: 401,
    code,
    detail,
    remedy: 'Send Authorization: Bearer with a token that is signed with AUTH_JWT_SECRET (HS256) and has not ended.',
    headers: { 'www-authenticate': 'Bearer' },
  });
}

/** A token, good for a minute, with which one service reads the logs of others; undefined where access is open. */
export function serviceToken({ authJwtSecret, instance }: Pick<Config, 'authJwtSecret' | 'instance'>): string | undefined {
  if (authJwtSecret === undefined) return undefined;
  const scope = SERVICES.map((service) => `${service}:read`).join(' ');
  return new JwtService({ secret: authJwtSecret }).sign(
    { sub: `service:${instance}`, scope },
    { algorithm: 'HS256', expiresIn: 60 },
  );
}

// Makes a bearer token for an installation that asks for them: node deploy/token.mjs [--subject me] [--scope '*'] [--hours 12]
// Scopes are `<service>:read`, `<service>:write`, `prices:agree`, `customers:erase`, `operator:read`, separated by blanks; `*` grants all.
// The secret is AUTH_JWT_SECRET, of the environment or of .env in this folder.
import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { env, exit, loadEnvFile, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';

const text = { type: 'string' };
const { values } = parseArgs({
  options: { subject: { ...text, default: 'me' }, scope: { ...text, default: '*' }, hours: { ...text, default: '12' } },
});
if (existsSync('.env')) loadEnvFile('.env');
const { AUTH_JWT_SECRET: secret } = env;
if (!secret) {
  stderr.write('AUTH_JWT_SECRET is not set. Set it, or put it into .env as .env.example shows.\n');
  exit(1);
}

const part = (content) => Buffer.from(JSON.stringify(content)).toString('base64url');
const now = Math.floor(Date.now() / 1000);
const claims = { sub: values.subject, scope: values.scope, iat: now, exp: now + Number(values.hours) * 3600 };
const unsigned = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
stdout.write(`${unsigned}.${createHmac('sha256', secret).update(unsigned).digest('base64url')}\n`);

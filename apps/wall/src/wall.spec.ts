import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { WallModule } from './wall.module';

const PUBLIC = join(__dirname, '../public');

describe('the page', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [WallModule] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  afterAll(() => app.close());

  it('is served at the root, with a policy that lets nothing foreign in', async () => {
    const answer = await app.inject('/');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringContaining("default-src 'self'") as string,
    });
    expect(answer.body).toContain('<title>New Retail</title>');
  });

  it.each(readdirSync(PUBLIC))('serves %s as what it is', async (file) => {
    const answer = await app.inject(`/wall/${file}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^(text\/(html|css|javascript); charset=utf-8|image\/svg\+xml)$/);
    expect(answer.body).toBe(readFileSync(join(PUBLIC, file), 'utf8'));
  });

  it.each(['nothing.js', '..%2f..%2fpackage.json', '%2e%2e%2fsrc%2fpages.ts'])('has no file %s', async (file) => {
    expect((await app.inject(`/wall/${file}`)).statusCode).toBe(404);
  });

  it('asks for no file that is not there, and for nothing from elsewhere', () => {
    const names = new Set(readdirSync(PUBLIC));
    for (const name of names) {
      const text = readFileSync(join(PUBLIC, name), 'utf8');
      const asked = [...text.matchAll(/(?:from '\.\/|\/wall\/)([\w.-]+)/g)].map(([, file]) => file);
      expect(asked.filter((file) => !names.has(file ?? ''))).toEqual([]);
      expect(text.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\//);
    }
  });
});

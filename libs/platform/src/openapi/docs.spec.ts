import type { OpenAPIObject } from '@nestjs/swagger';
import { openParcels, SECRET, type Parcels } from '../testing/parcels';
import { openApiDocument } from './document';

let parcels: Parcels;
let document: OpenAPIObject;
beforeAll(async () => {
  parcels = await openParcels();
  document = (await parcels.app.inject({ method: 'GET', url: '/openapi.json' })).json<OpenAPIObject>();
});
afterAll(() => parcels.app.close());

describe('the OpenAPI document', () => {
  it('describes a body as its class checks it, with the classes inside of it', () => {
    expect(document.openapi).toBe('3.1.0');
    const body = document.paths['/inventory/parcels']?.post?.requestBody;
    expect(body).toMatchObject({
      content: { 'application/json': { schema: { $ref: '#/components/schemas/inventory.PackParcel' } } },
    });
    expect(document.components?.schemas?.['inventory.PackParcel']).toMatchObject({
      type: 'object',
      required: ['customer', 'lines'],
      additionalProperties: false,
      properties: {
        customer: { type: 'string', minLength: 1, maxLength: 20 },
        lines: { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/inventory.ParcelLine' } },
        deliverTo: { $ref: '#/components/schemas/inventory.Place' },
      },
    });
    expect(document.components?.schemas?.['inventory.ParcelLine']).toMatchObject({
      required: ['sku', 'quantity'],
      properties: { sku: { pattern: '^[a-z]+$' }, quantity: { type: 'integer', minimum: 1 } },
    });
    expect(document.components?.schemas?.['inventory.Place']).toMatchObject({
      properties: { latitude: { minimum: -90, maximum: 90 }, longitude: { minimum: -180, maximum: 180 } },
    });
    expect(document.components?.schemas).not.toHaveProperty('PackParcel');
    expect(document.components?.schemas?.['inventory.PackParcel']).not.toHaveProperty('properties.id');
  });

  it('has a schema for every reference', () => {
    const references = JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g);
    const names = new Set([...references].map(([, name]) => name));
    expect(Object.keys(document.components?.schemas ?? {})).toEqual(expect.arrayContaining([...names]));
  });

  it('asks for an Idempotency-Key with every write and with no read', () => {
    const headers = (path: string, method: 'get' | 'post' | 'put'): string[] =>
      (document.paths[path]?.[method]?.parameters ?? []).flatMap((it) =>
        'in' in it && it.in === 'header' && it.required ? [it.name] : [],
      );
    expect(headers('/inventory/parcels', 'post')).toEqual(['Idempotency-Key']);
    expect(headers('/inventory/parcels/{id}/seal', 'put')).toEqual(['Idempotency-Key']);
    expect(headers('/inventory/parcels', 'get')).toEqual([]);
  });

  it('tells of problems, and puts every route under its service', () => {
    const read = document.paths['/inventory/parcels/{id}']?.get;
    expect(read).toMatchObject({ tags: ['inventory'], summary: 'A parcel' });
    expect(read?.responses.default).toMatchObject({
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    });
    expect(document.paths['/health']?.get?.tags).toEqual(['operations']);
    expect(document.paths['/asyncapi.json']?.get?.tags).toEqual(['operations']);
  });

  it('names every operation once', () => {
    const ids = Object.values(document.paths).flatMap((item) =>
      [item.get, item.post, item.put].flatMap((it) => it?.operationId ?? []),
    );
    expect(ids).toHaveLength(8);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('asks for tokens where access is not open', async () => {
    expect(document.security).toBeUndefined();
    const closed = await openParcels({ AUTH_JWT_SECRET: SECRET });
    expect(openApiDocument(closed.app, { authJwtSecret: SECRET }).security).toEqual([{ bearer: [] }]);
    await closed.app.close();
  });
});

describe('the page of the API', () => {
  it('comes with everything that it needs', async () => {
    const { body } = await parcels.app.inject({ method: 'GET', url: '/docs' });
    expect(body).toContain('New Retail API');
    const files = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file ?? '');
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const { statusCode } = await parcels.app.inject({ method: 'GET', url: new URL(file, 'http://here/docs').pathname });
      expect([file, statusCode]).toEqual([file, 200]);
    }
  });
});

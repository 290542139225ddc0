import specification from '@asyncapi/specs/schemas/3.0.0.json';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOG_SERVICES, SERVICES, topicOf, type EventDescriptions } from '#libs/contracts';
import { packageRoot } from '../app/package-root';
import { PositionWaiters } from '../http/positions';
import { openParcels, SECRET, type Parcels } from '../testing/parcels';
import { asyncApiDocument, type AsyncApiDocument, type Scope } from './document';

const DESCRIPTIONS = JSON.parse(readFileSync(join(packageRoot(), 'libs/contracts/events.json'), 'utf8')) as EventDescriptions;

function documentOf(scope: Partial<Scope> = {}): AsyncApiDocument {
  const everything = {
    services: SERVICES,
    bus: 'kafka' as const,
    kafkaBrokers: ['127.0.0.1:9092'],
    lanes: 8,
    namespace: 'retail',
  };
  return asyncApiDocument(DESCRIPTIONS, { ...everything, ...scope });
}

/** By the specification's own schema, which brings the draft of JSON Schema along that it is written in. */
const validator = addFormats(new Ajv({ strict: false, meta: false, validateSchema: false })).compile(specification);
function faults(document: object): string {
  return validator(document) ? '' : JSON.stringify(validator.errors);
}

describe('the AsyncAPI document', () => {
  it.each<[string, Partial<Scope>]>([
    ['the whole system', {}],
    ['the whole system without a broker', { bus: 'postgres', kafkaBrokers: [] }],
    ...SERVICES.map((service): [string, Partial<Scope>] => [service, { services: [service] }]),
    ['nothing yet', { services: [] }],
  ])('of %s is what the specification asks for', (_, scope) => {
    expect(faults(documentOf(scope))).toBe('');
  });

  it('would not be without a version, an address that is a text, or with an operation that does neither', () => {
    const document = documentOf();
    expect(faults({ ...document, asyncapi: '2.6.0' })).toContain('/asyncapi');
    expect(faults({ ...document, channels: { storefront: { address: 7 } } })).not.toBe('');
    expect(faults({ ...document, operations: { x: { action: 'shout', channel: { $ref: '#/channels/x' } } } })).not.toBe('');
  });

  it('refers to nothing that is not in it', () => {
    for (const scope of [{}, ...SERVICES.map((service) => ({ services: [service] }))]) {
      const document = documentOf(scope);
      const references = new Set([...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path!));
      expect([...references].filter((path) => at(document, path) === undefined)).toEqual([]);
      expect(references.size).toBeGreaterThan(10);
    }
  });

  it('names each topic, its partitions and its key', () => {
    const { channels, components } = documentOf({ lanes: 16 });
    expect(Object.values(channels).map(({ address }) => address)).toEqual([...LOG_SERVICES].sort().map(topicOf));
    expect(channels['storefront']).toMatchObject({ bindings: { kafka: { topic: 'retail.storefront.v1', partitions: 16 } } });
    expect(components.messages['OrderPlaced.v1']).toMatchObject({
      name: 'retail.storefront.OrderPlaced.v1',
      contentType: 'application/cloudevents+json',
      bindings: { kafka: { key: { type: 'string', description: 'The stream: `order:<id>`' } } },
    });
  });

  it('of another installation names its topics and types', () => {
    const { channels, components, operations } = documentOf({ namespace: 'acme' });
    expect(channels['payment']?.address).toBe('acme.payment.v1');
    expect(components.messages['PaymentVoided.v1']).toMatchObject({
      name: 'acme.payment.PaymentVoided.v1',
      examples: [{ payload: { type: 'acme.payment.PaymentVoided.v1' } }],
    });
    expect(operations['payment.hears.storefront']).toMatchObject({ bindings: { kafka: { groupId: { const: 'acme.payment' } } } });
  });

  it('names the brokers, where there are any', () => {
    const hosts = (document: AsyncApiDocument): unknown[] => Object.values(document.servers);
    expect(hosts(documentOf({ kafkaBrokers: ['a:9092', 'b:9092'] }))).toMatchObject([{ host: 'a:9092' }, { host: 'b:9092' }]);
    const without = documentOf({ bus: 'postgres' });
    expect(hosts(without)).toEqual([]);
    expect(without.info).toMatchObject({ description: expect.stringContaining('without a broker') as string });
  });
});

describe('the document of one service', () => {
  const { channels, operations } = documentOf({ services: ['payment'] });

  it('has its own channel with all it says, and of others those that it listens to', () => {
    expect(Object.keys(channels)).toEqual(['fulfillment', 'payment', 'storefront']);
    expect(Object.keys(channels['payment']!.messages)).toContain('LedgerAdjusted.v1');
    expect(Object.keys(channels['fulfillment']!.messages)).toEqual(['ShipmentShipped.v1']);
  });

  it('says who says and who hears', () => {
    expect(Object.entries(operations).map(([name, { action }]) => [name, action])).toEqual([
      ['payment.hears.fulfillment', 'receive'],
      ['payment.says', 'send'],
      ['payment.hears.storefront', 'receive'],
    ]);
  });

  it('only listens, where a service has nothing to say', () => {
    const actions = Object.values(documentOf({ services: ['unified-view'] }).operations).map(({ action }) => action);
    expect(new Set(actions)).toEqual(new Set(['receive']));
  });
});

describe('the messages', () => {
  const document = documentOf();
  const ajv = addFormats(new Ajv({ strict: false })).addSchema(document, 'asyncapi');
  const judge = (name: string): ValidateFunction =>
    ajv.compile({ $ref: `asyncapi#/components/messages/${name.replaceAll('/', '~1')}/payload` });
  const example = (name: string): Record<string, unknown> =>
    at(document, `components/messages/${name}/examples/0/payload`) as never;

  it.each(Object.keys(document.components.messages))('%s comes with an example of it', (name) => {
    const validate = judge(name);
    expect([validate(example(name)), validate.errors]).toEqual([true, null]);
  });

  it('are told from each other, and from what is none', () => {
    const validate = judge('OrderPlaced.v1');
    expect(validate(example('OrderPaid.v1'))).toBe(false);
    expect(validate({ ...example('OrderPlaced.v1'), lane: undefined })).toBe(false);
    expect(validate({ ...example('OrderPlaced.v1'), data: {} })).toBe(false);
  });
});

describe('/asyncapi.json', () => {
  let parcels: Parcels;
  afterEach(() => parcels.app.close());

  it('describes the services that are up in this process', async () => {
    parcels = await openParcels({ KAFKA_BROKERS: 'kafka:9092', LANES: '3' });
    const ask = async (): Promise<AsyncApiDocument> =>
      (await parcels.app.inject({ method: 'GET', url: '/asyncapi.json' })).json<AsyncApiDocument>();
    expect((await ask()).channels).toEqual({});
    parcels.app.get(PositionWaiters).register('hema', { reached: () => Promise.resolve(true) });
    const { channels, servers } = await ask();
    expect(channels['hema']).toMatchObject({ bindings: { kafka: { partitions: 3 } } });
    expect(servers).toMatchObject({ 'kafka-0': { host: 'kafka:9092', protocol: 'kafka' } });
  });

  it('is for operators where access is not open', async () => {
    parcels = await openParcels({ AUTH_JWT_SECRET: SECRET });
    expect((await parcels.app.inject({ method: 'GET', url: '/asyncapi.json' })).statusCode).toBe(401);
  });
});

/** What a JSON Pointer without its first slash leads to. */
function at(document: object, path: string): unknown {
  return path.split('/').reduce<unknown>((inside, name) => (inside as Record<string, unknown> | undefined)?.[name], document);
}

import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { Config } from '../config/config';
import { PROBLEM_MEDIA_TYPE } from '../http/problem';
import { bodySchemas, SCHEMAS } from './body-schemas';
import type { Operation, Parameter, PathItem, Reference, Responses, Schema } from './types';

const WRITES = ['post', 'put', 'patch', 'delete'] as const;
const METHODS = ['get', ...WRITES] as const;

const DESCRIPTION = `One stock, one order book and one customer for the online storefront, Hema-style stores and corner shops.

Every write brings an Idempotency-Key: repeating a request with the same key is safe. Its answer has a \`version\` (also the
ETag, for If-Match) and a \`position\`, which a later read may bring as After-Position to see its own write. Money is in minor
units, times are UTC ISO 8601. Whatever goes wrong is a problem document (RFC 9457) with a stable \`code\` and the remedy.

What happened is said in events: [/asyncapi.json](/asyncapi.json) describes them.`;

/** The OpenAPI 3.1 document of everything that the application serves. */
export function openApiDocument(app: NestFastifyApplication, { authJwtSecret }: Pick<Config, 'authJwtSecret'>): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('New Retail')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setOpenAPIVersion('3.1.0');
  if (authJwtSecret !== undefined) builder.addBearerAuth().addSecurityRequirements('bearer');
  const document = SwaggerModule.createDocument(app, builder.build());
  const schemas = bodySchemas(app.get(ModulesContainer));
  for (const [path, item] of Object.entries(document.paths)) describePath(path, item, schemas);
  // What Nest says of a body class is empty; routes refer to ours by now, unless the class checks nothing.
  const known = Object.fromEntries(
    Object.entries(document.components?.schemas ?? {}).filter(([name]) => !isReplaced(name, schemas)),
  );
  document.components = { ...document.components, schemas: { ...known, ...schemas, Problem: PROBLEM } };
  return document;
}

function isReplaced(name: string, schemas: Record<string, Schema>): boolean {
  return Object.keys(schemas).some((known) => known.endsWith(`.${name}`));
}

function describePath(path: string, item: PathItem, schemas: Record<string, Schema>): void {
  const [, area = ''] = path.split('/');
  const isService = path.startsWith(`/${area}/`) && area !== 'health';
  for (const method of METHODS) {
    const operation = item[method];
    if (!operation) continue;
    operation.tags = [isService ? area : 'operations'];
    operation.operationId = `${area}.${operation.operationId ?? method}`;
    if (isService)
      describeOperation(
        operation,
        WRITES.some((write) => write === method),
      );
    referToBody(operation, area, schemas);
  }
}

function describeOperation(operation: Operation, writes: boolean): void {
  operation.parameters = [...(operation.parameters ?? []), ...(writes ? WRITE_HEADERS : []), AFTER_POSITION];
  operation.responses = { ...(writes ? WRITTEN : { 200: { description: 'What was asked for.' } }), default: FAILED };
}

/** Points the body of an operation to the schema of its service. */
function referToBody({ requestBody }: Operation, area: string, schemas: Record<string, Schema>): void {
  if (!requestBody || '$ref' in requestBody) return;
  for (const media of Object.values(requestBody.content)) {
    const name = (media.schema as Partial<Reference> | undefined)?.$ref?.slice(SCHEMAS.length);
    if (name !== undefined && schemas[`${area}.${name}`]) media.schema = { $ref: `${SCHEMAS}${area}.${name}` };
  }
}

function header(name: string, description: string, schema: Schema, required = false): Parameter {
  return { name, in: 'header', description, required, schema };
}

const AFTER_POSITION = header('After-Position', 'Position tokens to wait for, up to 5 seconds, before answering.', {
  type: 'string',
});
const WRITE_HEADERS: readonly Parameter[] = [
  header(
    'Idempotency-Key',
    'Names the intent: the same key is carried out once. A UUID does.',
    { type: 'string', minLength: 1, maxLength: 128 },
    true,
  ),
  header('If-Match', 'The version that the resource must have, as its ETag.', { type: 'string', pattern: '^"\\d+"$' }),
  header('Prefer', '`wait=5` waits that many seconds, at most 30, for the outcome where there is one to wait for.', {
    type: 'string',
  }),
];

const WRITTEN: Responses = {
  200: { description: 'Done, or done before; then Idempotency-Replayed is true.' },
  201: { description: 'The resource began with this request.' },
};

const FAILED = {
  description: 'A problem document with a stable code and the remedy.',
  content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: `${SCHEMAS}Problem` } } },
};

const text = (description: string): Schema => ({ type: 'string', description });

const PROBLEM: Schema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'remedy', 'instance'],
  properties: {
    type: { ...text('Names the kind of problem.'), format: 'uri' },
    title: text('The kind of problem, for people.'),
    status: { type: 'integer', description: 'The HTTP status.' },
    detail: text('What was wrong here.'),
    code: text('The kind of problem, for programs; it never changes.'),
    remedy: text('What to do now.'),
    instance: { ...text('Names this request, also in the logs.'), format: 'uri' },
    errors: {
      type: 'array',
      description: 'What is wrong with the body, each under its JSON Pointer.',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: text('RFC 6901.'), detail: text('What is wrong.') },
      },
    },
  },
};

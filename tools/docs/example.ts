import { derivedId } from '#libs/eventsourcing';
import { SEALED } from '#libs/contracts';
import type { JsonSchema } from './json-schema';

type Example = string | number | boolean | null | Example[] | { [name: string]: Example };

/** What fields of these names hold, so that an example looks like what it is an example of. */
const KNOWN: Readonly<Record<string, string | number>> = {
  amountMinor: 2500,
  area: 'hangzhou-dc',
  carrier: 'sf-express',
  cashier: 'cashier-3',
  currency: 'CNY',
  customer: '12346',
  day: '2026-03-01',
  latitude: 30.2741,
  location: 'hangzhou-dc',
  longitude: 120.1551,
  name: 'White hanging heart t-light holder',
  quantity: 1,
  shop: 'corner-7',
  sku: '85123A',
  store: 'xixi',
  till: 'till-1',
};
const TIME = '2026-03-01T08:30:00.000Z';

/** Data of a shape, with every field that it can have. The same for the same shape, always. */
export function exampleOf(schema: JsonSchema, name: string): Example {
  const [choice] = schema.anyOf ?? [];
  if (choice) return exampleOf(choice, name);
  if (schema.enum) return schema.enum[0] ?? null;
  if (schema.type === 'object') return objectOf(schema);
  if (schema.type === 'array') return Array.from({ length: schema.minItems ?? 1 }, () => exampleOf(schema.items ?? {}, name));
  if (schema.type === 'string') return textOf(schema, name);
  if (schema.type === 'number') return numberOf(name);
  return schema.type === 'boolean' ? true : null;
}

function objectOf({ properties = {} }: JsonSchema): Example {
  return Object.fromEntries(Object.entries(properties).map(([field, shape]) => [field, exampleOf(shape, field)]));
}

function textOf({ pattern }: JsonSchema, name: string): string {
  if (pattern !== undefined) return `${SEALED}${Buffer.from(name).toString('base64url')}`;
  if (name.endsWith('At')) return TIME;
  if (name.endsWith('Id')) return derivedId(`example/${name}`);
  return String(KNOWN[name] ?? name);
}

/** A field may share its name with one of another kind: the cost of a parcel from a `store`. */
function numberOf(name: string): number {
  const known = KNOWN[name];
  return typeof known === 'number' ? known : 1;
}

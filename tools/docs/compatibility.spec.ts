import { incompatibilities } from './compatibility';
import type { JsonSchema } from './json-schema';

const LINE: JsonSchema = {
  type: 'object',
  required: ['quantity', 'sku'],
  properties: { sku: { type: 'string' }, quantity: { type: 'number' }, note: { type: 'string' } },
};
const BEFORE: JsonSchema = {
  type: 'object',
  required: ['address', 'lines', 'reason'],
  properties: {
    lines: { type: 'array', items: LINE },
    reason: { type: 'string', enum: ['damaged', 'lost'] },
    address: { type: 'string', pattern: '^sealed:v1:' },
    at: { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 },
    weight: { anyOf: [{ type: 'number' }, { type: 'null' }] },
  },
};

/** A copy of the shape that somebody has been at. */
function doctored(
  change: (shape: typeof BEFORE & { properties: Record<string, JsonSchema> }, line: JsonSchema) => void,
): JsonSchema {
  const copy = structuredClone(BEFORE) as Parameters<typeof change>[0];
  change(copy, copy.properties['lines']!.items!);
  return copy;
}
const judged = (change: Parameters<typeof doctored>[0]): string[] => incompatibilities(BEFORE, doctored(change), 'Packed');

describe('a change that events of a version do not survive', () => {
  it.each<[string, Parameters<typeof doctored>[0], string[]]>([
    ['a field is removed', (shape) => delete shape.properties['weight'], ['Packed.weight is gone']],
    [
      'a field is renamed',
      (_, line) => {
        line.properties = { article: { type: 'string' }, quantity: { type: 'number' }, note: { type: 'string' } };
        line.required = ['article', 'quantity'];
      },
      ['Packed.lines[].sku is gone', 'Packed.lines[].article is new and required, and the events before do not have it'],
    ],
    [
      'a field has another type',
      (_, line) => (line.properties!['quantity'] = { type: 'string' }),
      ['Packed.lines[].quantity was number and is string'],
    ],
    [
      'one becomes many',
      (shape) => (shape.properties['reason'] = { type: 'array', items: { type: 'string' } }),
      ['Packed.reason was damaged or lost and is array'],
    ],
    [
      'a field is added that every event must have',
      (shape) => {
        shape.properties['parcel'] = { type: 'string' };
        shape.required?.push('parcel');
      },
      ['Packed.parcel is new and required, and the events before do not have it'],
    ],
    [
      'an optional field becomes required',
      (_, line) => line.required?.push('note'),
      ['Packed.lines[].note could be absent and is now required'],
    ],
    [
      'a required field becomes optional: whoever counts on it would miss it',
      (shape) => (shape.required = ['address', 'reason']),
      ['Packed.lines was always there and may now be absent'],
    ],
    [
      'a value is given up',
      (shape) => (shape.properties['reason'] = { type: 'string', enum: ['lost'] }),
      ['Packed.reason could be damaged and cannot be any more'],
    ],
    [
      'a free text becomes a choice',
      (_, line) => (line.properties!['sku'] = { type: 'string', enum: ['tea'] }),
      ['Packed.lines[].sku was any string and is one of tea'],
    ],
    [
      'what was sealed is not any more',
      (shape) => (shape.properties['address'] = { type: 'string' }),
      ['Packed.address was ^sealed:v1: and is any text'],
    ],
    ['a pair becomes a list', (shape) => delete shape.properties['at']!.minItems, ['Packed.at has another length']],
    [
      'an alternative is given up',
      (shape) => (shape.properties['weight'] = { type: 'number' }),
      ['Packed.weight could be null and cannot be any more'],
    ],
  ])('is reported: %s', (_, change, expected) => {
    expect(judged(change)).toEqual(expected);
  });

  it('is told of as often as there are reasons', () => {
    expect(incompatibilities(BEFORE, { type: 'object', properties: {} }, 'Packed')).toHaveLength(5);
  });
});

describe('a change that nobody need notice', () => {
  it.each<[string, Parameters<typeof doctored>[0]]>([
    ['nothing at all', () => undefined],
    ['an optional field', (_, line) => (line.properties!['color'] = { type: 'string' })],
    ['a further value', (shape) => shape.properties['reason']!.enum!.push('stolen')],
    ['a further alternative', (shape) => shape.properties['weight']!.anyOf!.push({ type: 'string' })],
    ['other words', (shape) => (shape.properties['reason']!.description = 'Why it came back.')],
  ])('is let pass: %s', (_, change) => {
    expect(judged(change)).toEqual([]);
  });
});

import { isDeepStrictEqual } from 'node:util';
import ts from 'typescript';
import { SEALED } from '#libs/contracts';

/** The part of JSON Schema in which the shapes of events can be said. */
export interface JsonSchema {
  description?: string;
  type?: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
  enum?: (string | number)[];
  pattern?: string;
  items?: JsonSchema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, JsonSchema>;
  /** Sorted, so that the order of fields in a declaration does not matter. */
  required?: string[];
  anyOf?: JsonSchema[];
}

/** What a type looks like as JSON. Throws, with the path to it, on a type that events have no business to be made of. */
export function schemaOf(type: ts.Type, checker: ts.TypeChecker, path: string): JsonSchema {
  const members = type.isUnion() ? type.types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined)) : [type];
  const [only] = members;
  if (members.length === 1 && only) return single(only, checker, path);
  const literals = members.flatMap((member) => (member.isStringLiteral() || member.isNumberLiteral() ? [member.value] : []));
  if (literals.length === members.length) {
    return { type: typeof literals[0] === 'number' ? 'number' : 'string', enum: literals.sort() };
  }
  if (members.every(({ flags }) => flags & ts.TypeFlags.BooleanLiteral)) return { type: 'boolean' };
  return { anyOf: members.map((member) => single(member, checker, path)) };
}

const PRIMITIVES: [flag: ts.TypeFlags, type: JsonSchema['type']][] = [
  [ts.TypeFlags.String, 'string'],
  [ts.TypeFlags.Number, 'number'],
  [ts.TypeFlags.Boolean, 'boolean'],
  [ts.TypeFlags.Null, 'null'],
];

function single(type: ts.Type, checker: ts.TypeChecker, path: string): JsonSchema {
  const [, primitive] = PRIMITIVES.find(([flag]) => type.flags & flag) ?? [];
  if (primitive) return { type: primitive };
  if (type.isStringLiteral()) return { type: 'string', enum: [type.value] };
  if (type.isNumberLiteral()) return { type: 'number', enum: [type.value] };
  if (isBranded(type))
    return type.aliasSymbol?.name === 'Sealed' ? { type: 'string', pattern: `^${SEALED}` } : { type: 'string' };
  if (checker.isArrayType(type) || checker.isTupleType(type)) return arrayOf(type as ts.TypeReference, checker, path);
  if (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) return objectOf(type, checker, path);
  throw new Error(`${path} is a ${checker.typeToString(type)}, which has no place in JSON; make events of plain data.`);
}

function arrayOf(type: ts.TypeReference, checker: ts.TypeChecker, path: string): JsonSchema {
  const kinds = checker.getTypeArguments(type).map((item) => schemaOf(item, checker, `${path}[]`));
  const [item = {}, ...others] = kinds.filter((kind, n) => kinds.findIndex((other) => isDeepStrictEqual(kind, other)) === n);
  const items = others.length > 0 ? { anyOf: [item, ...others] } : item;
  const length = checker.isTupleType(type) ? { minItems: kinds.length, maxItems: kinds.length } : {};
  return { type: 'array', items, ...length };
}

/** A text with a brand, which only the compiler sees. */
function isBranded(type: ts.Type): boolean {
  return type.isIntersection() && type.types.some(({ flags }) => flags & ts.TypeFlags.String);
}

function objectOf(type: ts.Type, checker: ts.TypeChecker, path: string): JsonSchema {
  const fields = type.getProperties();
  if (type.getCallSignatures().length > 0 || checker.getIndexInfosOfType(type).length > 0) {
    throw new Error(`${path} is a ${checker.typeToString(type)}; make events of fields with names.`);
  }
  const properties = fields.map((field) => {
    const meaning = commentOf(field, checker);
    const schema = schemaOf(checker.getTypeOfSymbol(field), checker, `${path}.${field.name}`);
    return [field.name, { ...(meaning && { description: meaning }), ...schema }];
  });
  const required = fields.filter(({ flags }) => !(flags & ts.SymbolFlags.Optional)).map(({ name }) => name);
  return { type: 'object', required: required.sort(), properties: Object.fromEntries(properties) as JsonSchema['properties'] };
}

/** What is said of a declaration above it. */
export function commentOf(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): string {
  return ts.displayPartsToString(symbol?.getDocumentationComment(checker)).replace(/\s+/g, ' ').trim();
}

import type { Type } from '@nestjs/common';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { getMetadataStorage } from 'class-validator';
import type { FieldError } from './problem';

/** A field that holds instances of another class, one or many. */
export interface NestedField {
  type: Type<object>;
  many: boolean;
}

/** The fields of a body class that it checks. */
export function fieldsOf(type: Type): string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', true, false);
  return [...new Set(rules.map(({ propertyName }) => propertyName))];
}

/** What `@Type(() => Line)` says of a field. */
export function nestedField(type: Type, field: string): NestedField | undefined {
  const said = defaultMetadataStorage.findTypeMetadata(type, field) as
    { typeFunction: () => unknown; reflectedType: unknown } | undefined;
  return said && { type: said.typeFunction() as Type<object>, many: said.reflectedType === Array };
}

const shapes = new Map<Type, ReadonlyMap<string, NestedField>>();

/** The nested fields of a class; decorators are asked once. */
function shapeOf(type: Type): ReadonlyMap<string, NestedField> {
  const known = shapes.get(type);
  if (known) return known;
  const nested = fieldsOf(type).flatMap((field): [string, NestedField][] => {
    const found = nestedField(type, field);
    return found ? [[field, found]] : [];
  });
  const shape = new Map(nested);
  shapes.set(type, shape);
  return shape;
}

interface Reading {
  pointer: string;
  errors: FieldError[];
}

/**
 * JSON as an instance of its class, nested classes included, for the validator to look at. `@Type` is all that is heard of
 * class-transformer: its general transformation took three quarters of the time that a body costs. What the validator would
 * let through is noted in `errors`: an array in place of one object or the other way round, and names that all objects have.
 */
export function instanceOf(type: Type<object>, plain: object, reading: Reading): object {
  const shape = shapeOf(type);
  const instance = new type() as Record<string, unknown>;
  for (const key of Object.keys(plain)) {
    const value = (plain as Record<string, unknown>)[key];
    const nested = shape.get(key);
    if (nested) instance[key] = nestedValue(nested, value, below(reading, key));
    else if (key in Object.prototype) note(below(reading, key), `property ${key} should not exist`);
    else instance[key] = value;
  }
  return instance;
}

function nestedValue({ type, many }: NestedField, value: unknown, reading: Reading): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value) !== many) return note(reading, `must be ${many ? 'an array' : 'one object'}`);
  if (!Array.isArray(value)) return instanceOf(type, value, reading);
  return value.map((item: unknown, n) => nestedValue({ type, many: false }, item, below(reading, String(n))));
}

function below({ pointer, errors }: Reading, key: string): Reading {
  return { pointer: `${pointer}/${key}`, errors };
}

function note({ pointer, errors }: Reading, detail: string): void {
  errors.push({ pointer, detail });
}

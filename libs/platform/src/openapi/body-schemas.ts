import type { Type } from '@nestjs/common';
import { MetadataScanner, type ModulesContainer } from '@nestjs/core';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { IS_LATITUDE, IS_LONGITUDE } from 'class-validator';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import { fieldsOf, nestedField } from '../http/body-class';
import type { Schema } from './types';

export const SCHEMAS = '#/components/schemas/';

/** Bounds that the decorators imply and the generator does not know. */
const CONVERTERS = {
  [IS_LATITUDE]: { type: 'number', minimum: -90, maximum: 90 },
  [IS_LONGITUDE]: { type: 'number', minimum: -180, maximum: 180 },
} as const;

/**
 * JSON schemas of all bodies, made from what their classes check, so that a body is described once. The name of a class says
 * what it is within its service, hence `storefront.PlaceOrder`.
 */
export function bodySchemas(modules: ModulesContainer): Record<string, Schema> {
  const schemas: Record<string, Schema> = {};
  for (const controller of controllersOf(modules)) {
    const path: unknown = Reflect.getMetadata('path', controller);
    const area = typeof path === 'string' ? (path.split('/').find(Boolean) ?? '') : '';
    for (const body of validatedParameters(controller)) define(body, area, schemas);
  }
  return schemas;
}

function controllersOf(modules: ModulesContainer): Type[] {
  return [...modules.values()].flatMap(({ controllers }) => [...controllers.values()].map(({ metatype }) => metatype as Type));
}

/** The parameters of all routes of a controller whose classes check something. */
function validatedParameters({ prototype }: Type): Type[] {
  const routes = new MetadataScanner().getAllMethodNames(prototype as object);
  return routes
    .flatMap((name) => (Reflect.getMetadata('design:paramtypes', prototype as object, name) ?? []) as (Type | undefined)[])
    .filter((type) => type !== undefined && fieldsOf(type).length > 0) as Type[];
}

/** Adds the schema of a class, and those of the classes that its fields are made of. */
function define(type: Type, area: string, schemas: Record<string, Schema>): void {
  const name = `${area}.${type.name}`;
  if (schemas[name]) return;
  const schema = targetConstructorToSchema(type, {
    classTransformerMetadataStorage: defaultMetadataStorage,
    refPointerPrefix: `${SCHEMAS}${area}.`,
    additionalConverters: CONVERTERS,
  });
  schemas[name] = { ...(schema as Schema), additionalProperties: false };
  for (const field of fieldsOf(type)) {
    const nested = nestedField(type, field);
    if (nested && fieldsOf(nested.type).length > 0) define(nested.type, area, schemas);
  }
}

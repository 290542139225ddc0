import type { OpenAPIObject } from '@nestjs/swagger';

/** The parts of an OpenAPI document, which the package exports only as a whole. */
export type PathItem = OpenAPIObject['paths'][string];
export type Operation = NonNullable<PathItem['get']>;
export type Parameter = Exclude<NonNullable<Operation['parameters']>[number], Reference>;
export type Responses = Operation['responses'];
export type Schema = Exclude<NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string], Reference>;

export interface Reference {
  $ref: string;
}

import { Injectable, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { validateSync, type ValidationError, type ValidatorOptions } from 'class-validator';
import { instanceOf } from './body-class';
import { rememberRules } from './known-rules';
import type { FieldError } from './problem';
import { invalidRequest } from './problems';

const OPTIONS: ValidatorOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  // A class without decorated fields takes an empty body; the whitelist refuses everything else.
  forbidUnknownValues: false,
  validationError: { target: false, value: false },
};

rememberRules();

/** Turns bodies into instances of their classes and refuses what does not fit; parameters of other kinds pass untouched. */
@Injectable()
export class BodyPipe implements PipeTransform {
  transform(given: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type !== 'body' || !metatype || metatype === Object) return given;
    // No body says as much as an empty one; where something is needed, that is what the caller is told.
    const value = given ?? {};
    if (typeof value !== 'object' || Array.isArray(value)) throw notAnObject();
    const errors: FieldError[] = [];
    const body = instanceOf(metatype as Type<object>, value, { pointer: '', errors });
    if (errors.length === 0) errors.push(...validateSync(body, OPTIONS).flatMap((error) => fieldErrors(error, '')));
    if (errors.length > 0) throw invalidRequest(errors);
    return body;
  }
}

function notAnObject(): Error {
  return invalidRequest([{ pointer: '', detail: 'the body must be a JSON object' }]);
}

/** The errors of a property and of everything below it, each under its JSON Pointer. */
function fieldErrors({ property, constraints, children }: ValidationError, above: string): FieldError[] {
  const pointer = `${above}/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.values(constraints ?? {}).map((detail) => ({ pointer, detail }));
  return [...own, ...(children ?? []).flatMap((child) => fieldErrors(child, pointer))];
}

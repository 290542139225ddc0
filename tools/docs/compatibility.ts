import type { JsonSchema } from './json-schema';

/**
 * Why two shapes of an event cannot be one version of it: some event of the one would be misread by who knows the other. A field that is
 * new and optional is no reason, nor is a further value of an enumeration, which readers have to expect; words are none
 * either. Everything else is: events of a version are read for ever, by services of the releases before and after.
 */
export function incompatibilities(before: JsonSchema, now: JsonSchema, path: string): string[] {
  if (before.anyOf ?? now.anyOf) return lostAlternatives(before, now, path);
  if (before.type !== now.type) return [`${path} was ${nameOf(before)} and is ${nameOf(now)}`];
  return [...values(before, now, path), ...fields(before, now, path), ...items(before, now, path)];
}

function lostAlternatives(before: JsonSchema, now: JsonSchema, path: string): string[] {
  const kept = now.anyOf ?? [now];
  const lost = (before.anyOf ?? [before]).filter((one) => !kept.some((other) => incompatibilities(one, other, '').length === 0));
  return lost.map((one) => `${path} could be ${nameOf(one)} and cannot be any more`);
}

function values(before: JsonSchema, now: JsonSchema, path: string): string[] {
  if (before.pattern !== now.pattern) {
    return [`${path} was ${before.pattern ?? 'any text'} and is ${now.pattern ?? 'any text'}`];
  }
  if (!now.enum) return [];
  if (!before.enum) return [`${path} was any ${nameOf(before)} and is one of ${now.enum.join(', ')}`];
  const lost = before.enum.filter((value) => !now.enum?.includes(value));
  return lost.map((value) => `${path} could be ${value} and cannot be any more`);
}

function fields(before: JsonSchema, now: JsonSchema, path: string): string[] {
  const [old, fresh] = [before.properties ?? {}, now.properties ?? {}];
  const isFull = (schema: JsonSchema, name: string): boolean => schema.required?.includes(name) ?? false;
  const changed = Object.entries(old).flatMap(([name, schema]) => {
    const field = `${path}.${name}`;
    const today = fresh[name];
    if (!today) return [`${field} is gone`];
    if (isFull(before, name) && !isFull(now, name)) return [`${field} was always there and may now be absent`];
    if (!isFull(before, name) && isFull(now, name)) return [`${field} could be absent and is now required`];
    return incompatibilities(schema, today, field);
  });
  const added = Object.keys(fresh).filter((name) => !old[name] && isFull(now, name));
  return [...changed, ...added.map((name) => `${path}.${name} is new and required, and the events before do not have it`)];
}

function items(before: JsonSchema, now: JsonSchema, path: string): string[] {
  if (before.minItems !== now.minItems || before.maxItems !== now.maxItems) return [`${path} has another length`];
  return before.items && now.items ? incompatibilities(before.items, now.items, `${path}[]`) : [];
}

function nameOf({ type, enum: values }: JsonSchema): string {
  return values ? values.join(' or ') : (type ?? 'several kinds');
}

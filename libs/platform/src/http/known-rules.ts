import { getMetadataStorage } from 'class-validator';

type Storage = ReturnType<typeof getMetadataStorage>;
type Find = Storage['getTargetValidationMetadatas'];
type Rules = ReturnType<Find>;

/**
 * Lets class-validator find the rules of a class once and not for every object: it goes through all decorated classes of the process
 * each time, to see which of them the class inherits from, and sorts what it finds by property. Rules do not change after the
 * decorators have run; what is asked with groups is found as before.
 */
export function rememberRules(storage = getMetadataStorage()): void {
  rememberFound(storage);
  rememberSorted(storage);
}

function rememberFound(storage: Storage): void {
  const find = storage.getTargetValidationMetadatas.bind(storage);
  // For an object within another one the name of the outer class comes along, as if it were a schema.
  const known = new Map<unknown, Map<string, Rules>>();
  storage.getTargetValidationMetadatas = (...question: Parameters<Find>) => {
    const [target, schema, always, strictGroups, groups] = question;
    if (always || strictGroups || groups) return find(...question);
    const bySchema = known.get(target) ?? new Map<string, Rules>();
    const rules = bySchema.get(schema) ?? find(...question);
    known.set(target, bySchema.set(schema, rules));
    return rules;
  };
}

function rememberSorted(storage: Storage): void {
  const sort = storage.groupByPropertyName.bind(storage);
  const known = new WeakMap<Rules, ReturnType<typeof sort>>();
  storage.groupByPropertyName = (rules) => {
    const sorted = known.get(rules) ?? sort(rules);
    known.set(rules, sorted);
    return sorted;
  };
}

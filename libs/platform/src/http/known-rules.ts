import { getMetadataStorage } from 'class-validator';

type Find = ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas'];

/**
 * Lets class-validator find the rules of a class once and not for every object: it goes through all decorated classes of the process
 * each time, to see which of them the class inherits from. Rules do not change after the decorators have run; what is asked
 * with groups or by a schema's name is found as before.
 */
export function rememberRules(storage = getMetadataStorage()): void {
  const find = storage.getTargetValidationMetadatas.bind(storage);
  const known = new Map<unknown, ReturnType<Find>>();
  storage.getTargetValidationMetadatas = (...question: Parameters<Find>) => {
    const [target, schema, always, strictGroups, groups] = question;
    if (schema || always || strictGroups || groups) return find(...question);
    const rules = known.get(target) ?? find(...question);
    known.set(target, rules);
    return rules;
  };
}

import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { SetSourcingRule } from '../../../apps/inventory/src/sourcing/set-sourcing-rule';
import type { SourcingRule } from '#libs/contracts';
import { UsageError } from '../command';

/**
 * The sourcing rule in a file, as `GET /inventory/sourcing-rules/orders` answers it; checked as the service checks one.
 * @throws UsageError that says what is wrong with it
 */
export function ruleIn(file: string): SourcingRule {
  const { id: _id, version: _version, position: _position, ...terms } = parsed(file);
  const rule = plainToInstance(SetSourcingRule, terms);
  const faults = validateSync(rule, { whitelist: true, forbidNonWhitelisted: true }).flatMap((fault) => inWords(fault));
  if (faults.length > 0) throw new UsageError(`--rule ${file} is no sourcing rule: ${faults.join('; ')}.`);
  return rule;
}

function parsed(file: string): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof found === 'object' && found !== null && !Array.isArray(found)) return found as Record<string, unknown>;
  } catch (error) {
    throw new UsageError(`--rule ${file} cannot be read: ${(error as Error).message}.`);
  }
  throw new UsageError(`--rule ${file} has no JSON object. Begin with what GET /inventory/sourcing-rules/orders answers.`);
}

function inWords({ property, constraints = {}, children = [] }: ValidationError, path = ''): string[] {
  const said = Object.values(constraints).map((text) => `${path}${text}`);
  return [...said, ...children.flatMap((child) => inWords(child, `${path}${property}.`))];
}

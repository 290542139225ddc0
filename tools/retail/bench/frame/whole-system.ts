import { join } from 'node:path';
import { startSystemProcess, type SystemProcess } from '../../../local/system-process';
import { Api } from '../../system/api';
import { Patience } from '../../system/patience';
import type { Check } from '../../verify/findings';
import { verifySystem } from '../../verify/verify-system';
import type { Setting } from './bench';

const CONNECTIONS = 16;
const PATIENCE_MS = 60_000;

/** The system as `npm start` runs it, and somebody who speaks to it. */
export interface WholeSystem {
  system: SystemProcess;
  api: Api;
}

/** Starts it with Kafka and no demo city, in a process of its own; it ends with the benchmark. */
export async function startWholeSystem({ scratch }: Setting, env: Record<string, string> = {}): Promise<WholeSystem> {
  const system = await startSystemProcess({ dataDir: join(scratch.folder, 'system'), bus: 'kafka', env });
  scratch.owns(system);
  const api = new Api({ url: system.url, connections: CONNECTIONS });
  scratch.onClose(() => Promise.resolve(api.close()));
  return { system, api };
}

/** What `retail verify` finds: fast is not enough. */
export interface Proof {
  verify: { ok: boolean; checks: Pick<Check, 'name' | 'ok' | 'checked'>[] };
  /** What does not hold, each with its first violation. */
  violations: string[];
}

export async function prove({ system, api }: WholeSystem, { say }: Setting): Promise<Proof> {
  say('Verifying …');
  const checks = await verifySystem(new Patience(api, { url: system.url, patienceMs: PATIENCE_MS, say }), say);
  const failed = checks.filter(({ ok }) => !ok);
  return {
    verify: { ok: failed.length === 0, checks: checks.map(({ name, ok, checked }) => ({ name, ok, checked })) },
    violations: failed.map(({ name, violations: [first = ''] }) => `verify: ${name} does not hold: ${first}`),
  };
}

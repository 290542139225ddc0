import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { KafkaClient } from '#libs/eventsourcing/parts';
import { DataFolder } from '../../../local/data-folder';
import { NODE_FLAGS } from '../../../local/node-flags';
import { packageRoot } from '../../../local/package-root';
import type { Setting } from './bench';
import type { WholeSystem } from './whole-system';

const READY_MS = 60_000;
const LOOK_MS = 100;
let count = 0;

/** A further process of one service beside the whole system, which gives it a share of its lanes. */
export class Instance {
  private constructor(private readonly child: ChildProcess) {}

  /** Resolves when events come to it. */
  static async start(setting: Setting, whole: WholeSystem, service: string): Promise<Instance> {
    const log = join(setting.scratch.folder, `${service}-${++count}.log`);
    const child = spawnService(service, log, await environment(setting, whole));
    const instance = new Instance(child);
    setting.scratch.owns(instance);
    await until(async () => (await readFile(log, 'utf8')).includes('"Ready"'), child, log);
    await until(() => isShared(whole, service), child, log);
    return instance;
  }

  /** As when its machine fails. */
  kill(): void {
    this.child.kill('SIGKILL');
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }
}

async function environment({ scratch }: Setting, { system }: WholeSystem): Promise<Record<string, string>> {
  return {
    ...{ HOST: '127.0.0.1', PORT: '0', INSTANCE: `further-${count}`, LOG_LEVEL: 'info', AUTH_JWT_SECRET: '' },
    ...{ DATABASE_URL: system.databaseUrl, BUS: system.bus, KAFKA_BROKERS: system.brokers.join(','), SERVICES_URL: system.url },
    PRIVACY_MASTER_KEY: await new DataFolder(join(scratch.folder, 'system')).masterKey(),
  };
}

function spawnService(service: string, log: string, env: Record<string, string>): ChildProcess {
  const output = openSync(log, 'a');
  const main = join(packageRoot(), 'dist', 'apps', service, 'src', 'main.js');
  const child = spawn(process.execPath, [...NODE_FLAGS, main], {
    env: { ...process.env, ...env },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  return child;
}

/** Whether a consumer group of the service has more than one member, and is not about to share out its lanes anew. */
async function isShared({ system }: WholeSystem, service: string): Promise<boolean> {
  const client = new KafkaClient({ brokers: [...system.brokers], clientId: 'bench', log: () => undefined });
  const admin = client.kafka.admin();
  await admin.connect();
  try {
    const { groups } = await admin.listGroups();
    const ids = groups.map(({ groupId }) => groupId).filter((id) => id.includes(service));
    const found = await admin.describeGroups(ids);
    return found.groups.some(({ members }) => members.length > 1) && found.groups.every(({ state }) => state === 'Stable');
  } finally {
    await admin.disconnect();
  }
}

async function until(holds: () => Promise<boolean>, child: ChildProcess, log: string): Promise<void> {
  for (const deadline = performance.now() + READY_MS; !(await holds()); await setTimeout(LOOK_MS)) {
    if (child.exitCode === null && performance.now() < deadline) continue;
    throw new Error(`The further instance did not start:\n${await readFile(log, 'utf8')}`);
  }
}

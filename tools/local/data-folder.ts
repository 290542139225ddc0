import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { identityOf } from './orphan';

const MARKER = 'new-retail.txt';
const WHAT_IT_IS =
  'Data of a local New Retail system: PostgreSQL, Kafka and where they are. `retail start --fresh` empties this folder.\n';
const WHEREABOUTS = 'system.json';
/** Wraps the keys of persons. Whoever loses it can read no address any more. */
const MASTER_KEY = 'privacy.key';
/** Which process has the folder. */
const OWNER = 'owner';

/** Where a running system can be found, for the other commands. */
export interface Whereabouts {
  url: string;
  pid: number;
  databaseUrl: string;
  bus: 'kafka' | 'postgres';
  brokers: readonly string[];
}

/** The folder of a local system. What is not marked as ours is never emptied, and one process has it at a time. */
export class DataFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = resolve(path);
  }

  /** @throws Error when the folder is not ours, or another process that lives has it */
  async assertFree(): Promise<void> {
    const inside: string[] = await readdir(this.path).catch(() => []);
    if (inside.length > 0 && !inside.includes(MARKER)) {
      throw new Error(`${this.path} has other things in it. Name an empty folder with --data-dir, or empty this one yourself.`);
    }
    const owner = await this.read(OWNER);
    const pid = Number(owner?.split(' ')[0]);
    if (owner === undefined || (await identityOf(pid)) !== owner) return;
    const { url } = (await this.whereabouts()) ?? {};
    const where = url === undefined ? '' : ` at ${url}`;
    throw new Error(`New Retail runs from ${this.path} already${where} (process ${pid}). Stop it, or name another --data-dir.`);
  }

  /** Makes the folder ours and this process its owner. @param fresh empties it first */
  async take(fresh: boolean): Promise<void> {
    if (fresh) await rm(this.path, { recursive: true, force: true });
    await mkdir(this.path, { recursive: true });
    await writeFile(join(this.path, MARKER), WHAT_IT_IS);
    await writeFile(join(this.path, OWNER), (await identityOf(process.pid)) ?? '');
  }

  /** The master key of this folder's data, made at first: 64 hexadecimal digits, for its owner's eyes only. */
  async masterKey(): Promise<string> {
    const known = (await this.read(MASTER_KEY))?.trim();
    if (known) return known;
    const key = randomBytes(32).toString('hex');
    await writeFile(join(this.path, MASTER_KEY), `${key}\n`, { mode: 0o600 });
    return key;
  }

  /** Leaves it to the next. */
  async release(): Promise<void> {
    if (existsSync(this.path)) await rm(join(this.path, OWNER), { force: true });
  }

  /** Says where the system is, all at once: others may be reading. */
  async tell(whereabouts: Whereabouts): Promise<void> {
    const file = join(this.path, WHEREABOUTS);
    await writeFile(`${file}.new`, `${JSON.stringify(whereabouts, null, 2)}\n`);
    await rename(`${file}.new`, file);
  }

  /** Where the system of this folder is or was last; undefined when none ever ran. */
  async whereabouts(): Promise<Whereabouts | undefined> {
    const text = await this.read(WHEREABOUTS);
    return text === undefined ? undefined : (JSON.parse(text) as Whereabouts);
  }

  private read(name: string): Promise<string | undefined> {
    return readFile(join(this.path, name), 'utf8').catch(() => undefined);
  }
}

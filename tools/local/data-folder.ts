import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const MARKER = 'new-retail.txt';
const WHAT_IT_IS =
  'Data of a local New Retail system: PostgreSQL, Kafka and where they are. `retail start --fresh` empties this folder.\n';

/** Where a running system can be found, for the other commands. */
export interface Whereabouts {
  url: string;
  pid: number;
  databaseUrl: string;
  bus: 'kafka' | 'postgres';
  brokers: readonly string[];
}

/** The folder of a local system. What is not marked as ours is never emptied. */
export class DataFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = resolve(path);
  }

  /** @param fresh empties it first */
  async prepare(fresh: boolean): Promise<void> {
    const ours = existsSync(join(this.path, MARKER));
    const inside = await readdir(this.path).catch(() => []);
    if (!ours && inside.length > 0) {
      throw new Error(`${this.path} has other things in it. Name an empty folder with --data-dir, or empty this one yourself.`);
    }
    if (fresh) await rm(this.path, { recursive: true, force: true });
    await mkdir(this.path, { recursive: true });
    await writeFile(join(this.path, MARKER), WHAT_IT_IS);
  }

  async tell(whereabouts: Whereabouts): Promise<void> {
    await writeFile(join(this.path, 'system.json'), `${JSON.stringify(whereabouts, null, 2)}\n`);
  }

  /** Where the system of this folder is or was last; undefined when none ever ran. */
  async whereabouts(): Promise<Whereabouts | undefined> {
    const text = await readFile(join(this.path, 'system.json'), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as Whereabouts);
  }
}

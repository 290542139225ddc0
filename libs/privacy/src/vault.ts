import type { Revealed, Sealed, SealedFields } from '#libs/contracts';
import { Listener, openPool } from '#libs/eventsourcing';
import { KeyRing } from './key-ring';
import { MasterKey } from './master-key';
import { keyIdOf, seal, unseal, type SubjectKey } from './seal';
import { DESTROYED, KeyTable } from './store/key-table';

export interface VaultOptions {
  /** Where the keys are: the same for all who seal and open. */
  databaseUrl: string;
  /** Wraps the keys: 64 hexadecimal digits. */
  masterKey: string;
}

/** One connection listens, the others ask. */
const CONNECTIONS = 3;

interface Parts {
  table: KeyTable;
  ring: KeyRing;
  stop: () => Promise<void>;
}

/**
 * Seals what is about a person with a key of that person alone, and opens it again as long as that key exists. Erasing a person
 * is destroying the key: every copy of what was sealed, in logs, views, topics and backups, becomes noise, and no byte of
 * them changes.
 */
export class Vault {
  private parts: Promise<Parts> | undefined;

  constructor(private readonly options: VaultOptions) {}

  /** Connects, makes the tables, listens for erasures. @throws WrongMasterKey */
  async start(): Promise<void> {
    await (this.parts ??= this.connect());
  }

  async stop(): Promise<void> {
    const parts = this.parts;
    this.parts = undefined;
    // What failed to start has stopped itself.
    const { stop } = (await parts?.catch(() => undefined)) ?? {};
    await stop?.();
  }

  /** Throws when the database does not answer. */
  async check(): Promise<void> {
    await (await this.ready()).table.load([]);
  }

  /**
   * Seals the fields that are there. The same fields at the same `occasion` (a command id) give the same texts as long as the
   * person's key is the same; at another occasion they differ.
   */
  async seal<F extends object>(subject: string, occasion: string, fields: F): Promise<SealedFields<F>> {
    return sealedWith(await (await this.ready()).ring.of(subject), occasion, fields);
  }

  /** Seals fields with the key with which something else is sealed already; undefined where that key was destroyed. */
  async sealBeside<F extends object>(other: Sealed<unknown>, occasion: string, fields: F): Promise<SealedFields<F> | undefined> {
    const key = await (await this.ready()).ring.byId(keyIdOf(other) ?? '');
    return key ? sealedWith(key, occasion, fields) : undefined;
  }

  /**
   * Opens fields under the names under which they were sealed; what is not sealed comes back as it is. A field whose key was
   * destroyed is null. @throws SealBroken when one was changed since
   */
  async reveal<F extends object>(fields: F): Promise<Revealed<F>> {
    const revealed: Record<string, unknown> = {};
    for (const [field, value] of Object.entries(fields) as [string, unknown][]) {
      const id = keyIdOf(value);
      if (id === undefined) {
        if (value !== undefined) revealed[field] = value;
        continue;
      }
      const key = await (await this.ready()).ring.byId(id);
      revealed[field] = key && unseal(key, field, value as string);
      if (!key) revealed['erased'] = true;
    }
    return revealed as Revealed<F>;
  }

  /** The ids of the keys with which a person's data is sealed now: one, or none. */
  async keysOf(subject: string): Promise<string[]> {
    return (await this.ready()).table.idsOf(subject);
  }

  /** Destroys keys for good; a repeat does nothing. Every instance forgets them. */
  async destroy(keys: readonly string[]): Promise<void> {
    const { table, ring } = await this.ready();
    await table.destroy(keys);
    keys.forEach((id) => ring.forget(id));
  }

  private ready(): Promise<Parts> {
    if (!this.parts) throw new Error('The vault is not started: list NeedsKeys among the providers of the service.');
    return this.parts;
  }

  private async connect(): Promise<Parts> {
    const pool = openPool(this.options.databaseUrl, CONNECTIONS, { application_name: 'privacy' });
    const table = new KeyTable(pool, new MasterKey(this.options.masterKey));
    const ring = new KeyRing(table);
    const watch = new Listener(pool, DESTROYED, { heard: (id) => ring.forget(id), missed: () => ring.forgetAll() });
    const stop = async (): Promise<void> => {
      watch.stop();
      await pool.end();
    };
    try {
      await table.prepare();
      await watch.start();
    } catch (error) {
      await stop();
      throw error;
    }
    return { table, ring, stop };
  }
}

function sealedWith<F extends object>(key: SubjectKey, occasion: string, fields: F): SealedFields<F> {
  const sealed: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(fields)) {
    if (value !== undefined) sealed[field] = seal(key, { field, occasion }, value);
  }
  return sealed as SealedFields<F>;
}

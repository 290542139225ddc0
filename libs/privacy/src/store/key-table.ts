import type { Pool } from 'pg';
import type { MasterKey } from '../master-key';
import type { SubjectKey } from '../seal';

/** On this channel instances tell each other the ids of keys that are gone. */
export const DESTROYED = 'privacy_key_destroyed';

/** `master` holds a key that nobody uses: whether it can be unwrapped tells whether the master key is the right one. */
const SCHEMA = `
  CREATE SCHEMA IF NOT EXISTS privacy;
  CREATE TABLE IF NOT EXISTS privacy.subject_key (
    id text COLLATE "C" PRIMARY KEY,
    subject text COLLATE "C" NOT NULL UNIQUE,
    wrapped text NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE IF NOT EXISTS privacy.master (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    id text NOT NULL,
    wrapped text NOT NULL
  )`;

/** Sorted, so that two instances that meet on the same persons do not wait for each other in a circle. */
const OBTAIN = `
  WITH wanted AS (SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) AS w (id, subject, wrapped)),
  made AS (
    INSERT INTO privacy.subject_key (id, subject, wrapped) SELECT id, subject, wrapped FROM wanted ORDER BY subject
    ON CONFLICT (subject) DO NOTHING
    RETURNING id, subject, wrapped
  )
  SELECT id, subject, wrapped FROM made
  UNION ALL
  SELECT known.id, known.subject, known.wrapped FROM privacy.subject_key known JOIN wanted USING (subject)`;

const LOAD = 'SELECT id, subject, wrapped FROM privacy.subject_key WHERE id = ANY ($1::text[])';
const OF_SUBJECT = 'SELECT id FROM privacy.subject_key WHERE subject = $1';

/** The telling commits with the deletion: who hears it finds the key gone. */
const DESTROY = `
  WITH gone AS (DELETE FROM privacy.subject_key WHERE id = ANY ($1::text[]) RETURNING id)
  SELECT pg_notify('${DESTROYED}', id) FROM gone`;

/** The subject of the unused key in `master`; no customer has an empty id. */
const NOBODY = '';

interface KeyRow {
  id: string;
  subject: string;
  wrapped: string;
}

/** The keys of persons, apart from everything that is sealed with them. A person has one at a time. */
export class KeyTable {
  constructor(
    private readonly pool: Pool,
    private readonly master: MasterKey,
  ) {}

  /** Makes the tables. @throws WrongMasterKey when the keys in them were wrapped with another one */
  async prepare(): Promise<void> {
    const client = await this.pool.connect();
    try {
      // One string is one transaction, which keeps its lock to the end; instances may start at once.
      await client.query(`SELECT pg_advisory_xact_lock(hashtext('migrate-privacy')); ${SCHEMA}`);
      const unused = this.master.newKey(NOBODY);
      const insert = 'INSERT INTO privacy.master (id, wrapped) VALUES ($1, $2) ON CONFLICT DO NOTHING';
      await client.query(insert, [unused.id, this.master.wrap(unused)]);
      const { rows } = await client.query<Pick<KeyRow, 'id' | 'wrapped'>>('SELECT id, wrapped FROM privacy.master');
      rows.forEach(({ id, wrapped }) => this.master.unwrap(id, NOBODY, wrapped));
    } finally {
      client.release();
    }
  }

  /** The present keys of persons; who has none gets one, which is on disk before this resolves. */
  async obtain(subjects: readonly string[]): Promise<Map<string, SubjectKey>> {
    const found = new Map<string, SubjectKey>();
    // A key that another instance makes at this moment is seen by the next statement only.
    for (let missing = [...subjects]; missing.length > 0; missing = missing.filter((subject) => !found.has(subject))) {
      const fresh = new Map(missing.map((subject) => [subject, this.master.newKey(subject)]));
      const keys = [...fresh.values()];
      const values = [keys.map(({ id }) => id), missing, keys.map((key) => this.master.wrap(key))];
      const { rows } = await this.pool.query<KeyRow>({ name: 'privacy-obtain', text: OBTAIN, values });
      for (const { id, subject, wrapped } of rows) {
        const ours = fresh.get(subject);
        found.set(subject, ours?.id === id ? ours : this.master.unwrap(id, subject, wrapped));
      }
    }
    return found;
  }

  /** The keys of these ids; what is not among them is gone. */
  async load(ids: readonly string[]): Promise<Map<string, SubjectKey>> {
    const { rows } = await this.pool.query<KeyRow>({ name: 'privacy-load', text: LOAD, values: [ids] });
    return new Map(rows.map(({ id, subject, wrapped }) => [id, this.master.unwrap(id, subject, wrapped)]));
  }

  /** The ids of a person's keys: one, or none. */
  async idsOf(subject: string): Promise<string[]> {
    const { rows } = await this.pool.query<{ id: string }>(OF_SUBJECT, [subject]);
    return rows.map(({ id }) => id);
  }

  /** Deletes keys and tells every instance. */
  async destroy(ids: readonly string[]): Promise<void> {
    await this.pool.query(DESTROY, [ids]);
  }
}

/**
 * The tables of one service's log, as one script that may run again. `s` is the quoted schema name. Every unique key
 * starts with the lane, so that the schema can be distributed by it.
 */
export function logSchema(s: string, lanes: number): string {
  return `
CREATE TABLE IF NOT EXISTS ${s}.lane (
  lane smallint PRIMARY KEY,
  last_position bigint NOT NULL DEFAULT 0,
  last_hash bytea NOT NULL DEFAULT ''
) WITH (fillfactor = 10);
ALTER TABLE ${s}.lane ADD COLUMN IF NOT EXISTS last_recorded timestamptz NOT NULL DEFAULT '-infinity';

CREATE TABLE IF NOT EXISTS ${s}.event (
  lane smallint NOT NULL,
  position bigint NOT NULL,
  stream text NOT NULL,
  version int NOT NULL,
  type text NOT NULL,
  schema_version smallint NOT NULL,
  command_id uuid NOT NULL,
  actor text NOT NULL,
  happened_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  hash bytea NOT NULL,
  data json NOT NULL,
  PRIMARY KEY (lane, position)
);
CREATE UNIQUE INDEX IF NOT EXISTS event_stream_version ON ${s}.event (lane, stream, version);

CREATE TABLE IF NOT EXISTS ${s}.command (
  lane smallint NOT NULL,
  command_id uuid NOT NULL,
  stream text NOT NULL,
  fingerprint text,
  positions text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (lane, command_id)
);

CREATE TABLE IF NOT EXISTS ${s}.snapshot (
  lane smallint NOT NULL,
  stream text NOT NULL,
  state_version int NOT NULL,
  version int NOT NULL,
  state json NOT NULL,
  PRIMARY KEY (lane, stream, state_version)
);

${withoutStatistics(`${s}.event`)}
${withoutStatistics(`${s}.command`)}

INSERT INTO ${s}.lane (lane) SELECT generate_series(0, ${lanes - 1}) ON CONFLICT DO NOTHING;

-- One link of the hash chain. An aggregate, so that a window over a lane's new events computes all links in one pass.
CREATE OR REPLACE FUNCTION ${s}.link(state bytea, seed bytea, item bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$ SELECT sha256(coalesce(state, seed) || item) $$;
CREATE OR REPLACE AGGREGATE ${s}.chain(seed bytea, item bytea) (SFUNC = ${s}.link, STYPE = bytea);
${appendFunction(s)}`;
}

/**
 * The append function. It locks the lanes in order. Then, in a new statement that sees what the lock waited for, it looks for
 * chains that are not at the version expected. If there are any it writes nothing and says which; else it writes everything: events
 * with the positions that follow, each linked to the one before in its lane, the commands, and the lanes' new heads. All or
 * nothing keeps the common case to few plain statements; the caller leaves out what stands in the way and asks again.
 *
 * The caller says from which heads (`p_seeds`, the lanes' last links) it believes to go on, and links the events itself, in its own
 * time and not under the lock. When another writer was faster, the links are computed here, at the time of the later of both
 * clocks.
 *
 * While the lanes end where the caller believes, nothing that it has seen is gone, and what others wrote to a stream meanwhile
 * violates a unique key. So only the chains that were just read (the first `c_read`) are looked at. Otherwise all
 * are; and command ids, too, when `p_careful` says so: after a unique key was violated, to learn who did it.
 *
 * It says how many milliseconds it `waited` for the lanes.
 *
 * Lanes are named by their index in `p_lanes` (`*_at`, from 1). Links come as one piece, 32 bytes each.
 */
function appendFunction(s: string): string {
  return `
-- What it answers has changed over time, which "or replace" does not forgive.
DROP FUNCTION IF EXISTS ${s}.append;
CREATE FUNCTION ${s}.append(
  p_careful boolean, p_recorded text,
  p_lanes smallint[], p_seeds bytea[], p_count int[], p_last int[],
  c_read int, c_at int[], c_stream text[], c_expected int[],
  k_lane smallint[], k_id uuid[], k_stream text[], k_fingerprint text[], k_from int[], k_to int[],
  t_at int[], t_offset int[],
  e_at int[], e_offset int[], e_stream text[], e_version int[], e_command uuid[],
  e_type text[], e_schema smallint[], e_actor text[], e_happened timestamptz[], e_hash bytea, e_data json[]
) RETURNS TABLE (conflicts int[], duplicates int[], bases bigint[], seeds bytea[], recorded text, hashes bytea, waited double precision)
LANGUAGE plpgsql AS $fn$
DECLARE
  v_base bigint[];
  v_seeds bytea[];
  v_conflicts int[];
  v_duplicates int[];
  v_clock timestamptz;
  v_began timestamptz := clock_timestamp();
  v_waited double precision;
  v_believed boolean;
  v_check int;
  v_recorded text := p_recorded;
  v_at timestamptz := p_recorded;
  v_hashes bytea := e_hash;
BEGIN
  SELECT array_agg(l.last_position ORDER BY l.lane), array_agg(l.last_hash ORDER BY l.lane), max(l.last_recorded)
  INTO v_base, v_seeds, v_clock
  FROM (SELECT x.lane, x.last_position, x.last_hash, x.last_recorded FROM ${s}.lane x WHERE x.lane = ANY (p_lanes)
        ORDER BY x.lane FOR NO KEY UPDATE) l;
  v_waited := 1000 * extract(epoch FROM clock_timestamp() - v_began);

  v_believed := v_seeds IS NOT DISTINCT FROM p_seeds;
  v_check := CASE WHEN v_believed AND NOT p_careful THEN c_read ELSE cardinality(c_at) END;
  IF v_check > 0 THEN
    SELECT array_agg(x.n) INTO v_conflicts
    FROM unnest(c_at[:v_check], c_stream[:v_check], c_expected[:v_check]) WITH ORDINALITY AS x(at, stream, expected, n)
    LEFT JOIN LATERAL (SELECT e.version FROM ${s}.event e WHERE e.lane = p_lanes[x.at] AND e.stream = x.stream
                       ORDER BY e.version DESC LIMIT 1) h ON true
    WHERE x.expected <> coalesce(h.version, 0);
  END IF;
  IF p_careful THEN
    SELECT array_agg(x.n) INTO v_duplicates
    FROM unnest(k_lane, k_id) WITH ORDINALITY AS x(lane, id, n)
    JOIN LATERAL (SELECT 1 FROM ${s}.command k WHERE k.lane = x.lane AND k.command_id = x.id LIMIT 1) d ON true;
  END IF;
  IF v_conflicts IS NOT NULL OR v_duplicates IS NOT NULL THEN
    RETURN QUERY SELECT coalesce(v_conflicts, '{}'), coalesce(v_duplicates, '{}'), v_base, v_seeds, NULL::text, NULL::bytea,
                        v_waited;
    RETURN;
  END IF;

  IF NOT v_believed THEN
    v_at := greatest(v_at, v_clock);
    v_recorded := ${isoText('v_at')};
    SELECT string_agg(l.hash, ''::bytea ORDER BY l.n) INTO v_hashes
    FROM (SELECT e.n, ${s}.chain(v_seeds[e.at], convert_to(concat_ws(E'\\n', p_lanes[e.at], v_base[e.at] + e.off, e.stream,
                   e.version, e.type, e.schema_version, e.command_id, e.actor, ${isoText('e.happened')},
                   v_recorded, e.data), 'UTF8'))
                   OVER (PARTITION BY e.at ORDER BY e.off) AS hash
          FROM unnest(e_at, e_offset, e_stream, e_version, e_command, e_type, e_schema, e_actor, e_happened, e_data)
               WITH ORDINALITY AS e(at, off, stream, version, command_id, type, schema_version, actor, happened, data, n)) l;
  END IF;

  INSERT INTO ${s}.event (lane, position, stream, version, type, schema_version, command_id, actor, happened_at,
                          recorded_at, hash, data)
  SELECT p_lanes[e.at], v_base[e.at] + e.off, e.stream, e.version, e.type, e.schema_version, e.command_id, e.actor,
         e.happened, v_at, substr(v_hashes, 32 * e.n::int - 31, 32), e.data
  FROM unnest(e_at, e_offset, e_stream, e_version, e_command, e_type, e_schema, e_actor, e_happened, e_data)
       WITH ORDINALITY AS e(at, off, stream, version, command_id, type, schema_version, actor, happened, data, n);

  UPDATE ${s}.lane l SET last_position = v_base[x.n] + x.count, last_hash = substr(v_hashes, 32 * x.last - 31, 32),
                         last_recorded = v_at
  FROM unnest(p_lanes, p_count, p_last) WITH ORDINALITY AS x(lane, count, last, n)
  WHERE l.lane = x.lane AND x.count > 0;

  -- Only commands with a fingerprint come back for their positions: \`k_from\` to \`k_to\` are where they stand in \`t_*\`.
  INSERT INTO ${s}.command (lane, command_id, stream, fingerprint, positions, recorded_at)
  SELECT k.lane, k.id, k.stream, k.fingerprint,
         CASE WHEN k.last < k.first THEN '' ELSE (
           SELECT string_agg(p_lanes[t_at[i]] || '=' || (v_base[t_at[i]] + t_offset[i]), ',' ORDER BY i)
           FROM generate_series(k.first, k.last) AS i) END,
         v_at
  FROM unnest(k_lane, k_id, k_stream, k_fingerprint, k_from, k_to) AS k(lane, id, stream, fingerprint, first, last);

  IF v_believed THEN
    RETURN QUERY SELECT '{}'::int[], '{}'::int[], v_base, NULL::bytea[], NULL::text, NULL::bytea, v_waited;
  ELSE
    RETURN QUERY SELECT '{}'::int[], '{}'::int[], v_base, v_seeds, v_recorded, v_hashes, v_waited;
  END IF;
END $fn$;
`;
}

/**
 * No plan of ours asks what is in these tables (see `PLANS` in `connection.ts`), and to gather it from thirty thousand rows, every
 * minute, takes a third of a second of a processor for each service that is busy. Done once: it has to wait for whoever vacuums.
 */
function withoutStatistics(table: string): string {
  return `
DO $do$
DECLARE
  v_columns text;
BEGIN
  SELECT string_agg(format('ALTER COLUMN %I SET STATISTICS 0', attname), ', ') INTO v_columns
  FROM pg_attribute
  WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped AND attstattarget IS DISTINCT FROM 0;
  IF v_columns IS NOT NULL THEN
    EXECUTE 'ALTER TABLE ${table} ' || v_columns;
  END IF;
END $do$;`;
}

/** How events tell the time, see `isoTime`: the text that links cover. */
function isoText(time: string): string {
  return `to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

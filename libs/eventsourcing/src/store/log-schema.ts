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

INSERT INTO ${s}.lane (lane) SELECT generate_series(0, ${lanes - 1}) ON CONFLICT DO NOTHING;

-- One link of the hash chain. An aggregate, so that a window over a lane's new events computes all links in one pass.
CREATE OR REPLACE FUNCTION ${s}.link(state bytea, seed bytea, item bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$ SELECT sha256(coalesce(state, seed) || item) $$;
CREATE OR REPLACE AGGREGATE ${s}.chain(seed bytea, item bytea) (SFUNC = ${s}.link, STYPE = bytea);
${appendFunction(s)}`;
}

/**
 * The append function. It locks the lanes in order; then, in a new statement that sees what the lock waited for, looks for
 * chains that are not at the version expected and for commands that are known. If there are any it writes nothing and says
 * which; else it writes everything: events with the positions that follow, each linked to the one before in its lane,
 * the commands, and the lanes' new heads; it gives back what it made up itself, the time
 * and the links in order of events, so that the writer need not read again what it wrote. All or nothing keeps the common case to three plain statements, whose plans
 * need no estimates; the caller leaves out what stands in the way and asks again.
 *
 * Lanes are named by their index in `p_lanes` (`*_at`, from 1). Event data comes as one text joined by U+001E, which JSON
 * text cannot contain, because escaping an array of JSON costs more than the rest of the call.
 */
function appendFunction(s: string): string {
  return `
CREATE OR REPLACE FUNCTION ${s}.append(
  p_lanes smallint[],
  c_at int[], c_stream text[], c_expected int[],
  k_at int[], k_id uuid[], k_stream text[], k_fingerprint text[],
  t_command int[], t_at int[], t_offset int[],
  e_at int[], e_offset int[], e_stream text[], e_version int[], e_command uuid[],
  e_type text[], e_schema smallint[], e_actor text[], e_happened text[], e_data text
) RETURNS TABLE (conflicts int[], duplicates int[], bases bigint[], recorded text, hashes bytea)
LANGUAGE plpgsql AS $fn$
DECLARE
  v_base bigint[];
  v_hash bytea[];
  v_conflicts int[];
  v_duplicates int[];
  v_recorded timestamptz;
  v_recorded_text text;
  v_hashes bytea;
BEGIN
  SELECT array_agg(l.last_position ORDER BY l.lane), array_agg(l.last_hash ORDER BY l.lane) INTO v_base, v_hash
  FROM (SELECT x.lane, x.last_position, x.last_hash FROM ${s}.lane x WHERE x.lane = ANY (p_lanes)
        ORDER BY x.lane FOR NO KEY UPDATE) l;

  SELECT array_agg(x.n) INTO v_conflicts
  FROM unnest(c_at, c_stream, c_expected) WITH ORDINALITY AS x(at, stream, expected, n)
  LEFT JOIN LATERAL (SELECT e.version FROM ${s}.event e WHERE e.lane = p_lanes[x.at] AND e.stream = x.stream
                     ORDER BY e.version DESC LIMIT 1) h ON true
  WHERE x.expected <> coalesce(h.version, 0);

  SELECT array_agg(x.n) INTO v_duplicates
  FROM unnest(k_at, k_id) WITH ORDINALITY AS x(at, id, n)
  JOIN LATERAL (SELECT 1 FROM ${s}.command k WHERE k.lane = p_lanes[x.at] AND k.command_id = x.id LIMIT 1) d ON true;

  IF v_conflicts IS NOT NULL OR v_duplicates IS NOT NULL THEN
    RETURN QUERY SELECT coalesce(v_conflicts, '{}'), coalesce(v_duplicates, '{}'), v_base, NULL::text, NULL::bytea;
    RETURN;
  END IF;

  v_recorded := date_trunc('milliseconds', clock_timestamp());
  v_recorded_text := to_char(v_recorded AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

  WITH linked AS MATERIALIZED (
    SELECT e.*, p_lanes[e.at] AS lane, v_base[e.at] + e.off AS position,
           ${s}.chain(v_hash[e.at], convert_to(concat_ws(E'\\n', p_lanes[e.at], v_base[e.at] + e.off, e.stream, e.version, e.type,
             e.schema_version, e.command_id, e.actor, e.happened, v_recorded_text, e.data), 'UTF8'))
             OVER (PARTITION BY e.at ORDER BY e.off) AS hash
    FROM unnest(e_at, e_offset, e_stream, e_version, e_command, e_type, e_schema, e_actor, e_happened,
                string_to_array(e_data, E'\\x1e')) WITH ORDINALITY
         AS e(at, off, stream, version, command_id, type, schema_version, actor, happened, data, n)
  ), inserted AS (
    INSERT INTO ${s}.event (lane, position, stream, version, type, schema_version, command_id, actor, happened_at,
                            recorded_at, hash, data)
    SELECT l.lane, l.position, l.stream, l.version, l.type, l.schema_version, l.command_id, l.actor,
           l.happened::timestamptz, v_recorded, l.hash, l.data::json
    FROM linked l
  ), moved AS (
    UPDATE ${s}.lane l SET last_position = t.position, last_hash = t.hash
    FROM (SELECT DISTINCT ON (x.lane) x.lane, x.position, x.hash FROM linked x ORDER BY x.lane, x.position DESC) t
    WHERE l.lane = t.lane
  )
  SELECT string_agg(l.hash, ''::bytea ORDER BY l.n) INTO v_hashes FROM linked l;

  -- Only commands with a fingerprint come back for their positions; one grouping over all of them, not a join, because with
  -- nothing to estimate from the planner would join row by row.
  INSERT INTO ${s}.command (lane, command_id, stream, fingerprint, positions, recorded_at)
  SELECT p_lanes[k_at[t.n]], k_id[t.n], k_stream[t.n], k_fingerprint[t.n],
         coalesce(string_agg(p_lanes[t.at] || '=' || (v_base[t.at] + t.off), ',' ORDER BY t.at), ''), v_recorded
  FROM unnest(t_command, t_at, t_offset) AS t(n, at, off)
  GROUP BY t.n;

  INSERT INTO ${s}.command (lane, command_id, stream, fingerprint, positions, recorded_at)
  SELECT p_lanes[k.at], k.id, k.stream, NULL, '', v_recorded
  FROM unnest(k_at, k_id, k_stream, k_fingerprint) AS k(at, id, stream, fingerprint)
  WHERE k.fingerprint IS NULL;

  RETURN QUERY SELECT '{}'::int[], '{}'::int[], v_base, v_recorded_text, v_hashes;
END $fn$;
`;
}

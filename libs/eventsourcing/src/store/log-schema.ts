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
 * The append function: locks the lanes, then, in a new statement that sees what the lock waited for, judges every
 * chain and command, inserts the events of the groups that stand, and moves the lanes on. Status 0 written, 1 version
 * conflict, 2 duplicate command in the group, 3 another chain of the group failed. Events travel as one text joined
 * by U+001E, which JSON text cannot contain, because escaping arrays costs more than all the rest of the call.
 */
function appendFunction(s: string): string {
  return `
CREATE OR REPLACE FUNCTION ${s}.append(
  p_lanes smallint[],
  k_lane smallint[], k_id uuid[], k_stream text[], k_fingerprint text[], k_group int[],
  c_lane smallint[], c_stream text[], c_expected int[], c_group int[],
  e_chain int[], e_command int[], e_type text[], e_schema smallint[], e_actor text[], e_happened text[], e_data text
) RETURNS TABLE (status smallint, base bigint)
LANGUAGE plpgsql AS $fn$
DECLARE
  v_recorded timestamptz;
  v_recorded_text text;
BEGIN
  PERFORM 1 FROM ${s}.lane l WHERE l.lane = ANY (p_lanes) ORDER BY l.lane FOR NO KEY UPDATE;
  v_recorded := date_trunc('milliseconds', clock_timestamp());
  v_recorded_text := to_char(v_recorded AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
  RETURN QUERY
  WITH command AS MATERIALIZED (
    SELECT x.n, x.lane, x.id, x.stream, x.fingerprint, x.grp, d.known
    FROM unnest(k_lane, k_id, k_stream, k_fingerprint, k_group) WITH ORDINALITY AS x(lane, id, stream, fingerprint, grp, n)
    -- LATERAL with LIMIT, not EXISTS: the planner would hash the whole table for that.
    LEFT JOIN LATERAL (SELECT true AS known FROM ${s}.command k WHERE k.lane = x.lane AND k.command_id = x.id LIMIT 1) d ON true
  ), chain AS MATERIALIZED (
    SELECT x.n, x.lane, x.stream, x.expected, x.grp, coalesce(h.version, 0) AS current
    FROM unnest(c_lane, c_stream, c_expected, c_group) WITH ORDINALITY AS x(lane, stream, expected, grp, n)
    LEFT JOIN LATERAL (SELECT e.version FROM ${s}.event e WHERE e.lane = x.lane AND e.stream = x.stream
                       ORDER BY e.version DESC LIMIT 1) h ON true
  ), failed AS MATERIALIZED (
    SELECT f.grp, bool_or(f.duplicate) AS duplicate
    FROM (SELECT command.grp, true AS duplicate FROM command WHERE command.known
          UNION ALL SELECT chain.grp, false FROM chain WHERE chain.expected <> chain.current) f
    GROUP BY f.grp
  ), fresh AS MATERIALIZED (
    SELECT chain.lane, chain.stream, e.command_n, e.type, e.schema_version, e.actor, e.happened, e.data, e.n,
           (chain.current + row_number() OVER (PARTITION BY chain.n ORDER BY e.n))::int AS version,
           l.last_position + row_number() OVER (PARTITION BY chain.lane ORDER BY e.n) AS position,
           l.last_hash, k.id AS command_id
    FROM unnest(e_chain, e_command, e_type, e_schema, e_actor, e_happened, string_to_array(e_data, E'\\x1e'))
         WITH ORDINALITY AS e(chain_n, command_n, type, schema_version, actor, happened, data, n)
    JOIN chain ON chain.n = e.chain_n
    JOIN command k ON k.n = e.command_n
    JOIN ${s}.lane l ON l.lane = chain.lane
    WHERE NOT EXISTS (SELECT 1 FROM failed WHERE failed.grp = chain.grp)
  ), linked AS MATERIALIZED (
    SELECT fresh.*, ${s}.chain(fresh.last_hash, convert_to(concat_ws(E'\\n', fresh.lane, fresh.position, fresh.stream,
             fresh.version, fresh.type, fresh.schema_version, fresh.command_id, fresh.actor, fresh.happened,
             v_recorded_text, fresh.data), 'UTF8')) OVER (PARTITION BY fresh.lane ORDER BY fresh.position) AS hash
    FROM fresh
  ), inserted AS (
    INSERT INTO ${s}.event (lane, position, stream, version, type, schema_version, command_id, actor, happened_at,
                            recorded_at, hash, data)
    SELECT linked.lane, linked.position, linked.stream, linked.version, linked.type, linked.schema_version,
           linked.command_id, linked.actor, linked.happened::timestamptz, v_recorded, linked.hash, linked.data::json
    FROM linked ORDER BY linked.lane, linked.position
  ), moved AS (
    UPDATE ${s}.lane l SET last_position = t.position, last_hash = t.hash
    FROM (SELECT DISTINCT ON (linked.lane) linked.lane, linked.position, linked.hash
          FROM linked ORDER BY linked.lane, linked.position DESC) t
    WHERE l.lane = t.lane
  ), remembered AS (
    INSERT INTO ${s}.command (lane, command_id, stream, fingerprint, positions, recorded_at)
    -- One grouping over both, not a join: with nothing to estimate from, the planner would join row by row.
    SELECT k_lane[t.n], k_id[t.n], k_stream[t.n], k_fingerprint[t.n],
           coalesce(string_agg(t.lane || '=' || t.position, ',' ORDER BY t.lane), ''), v_recorded
    FROM (SELECT fresh.command_n AS n, fresh.lane, max(fresh.position) AS position
          FROM fresh GROUP BY fresh.command_n, fresh.lane
          UNION ALL
          SELECT command.n, NULL, NULL FROM command
          WHERE NOT EXISTS (SELECT 1 FROM failed WHERE failed.grp = command.grp)) t
    GROUP BY t.n
  )
  SELECT (CASE WHEN failed.duplicate THEN 2 WHEN chain.expected <> chain.current THEN 1
               WHEN failed.grp IS NOT NULL THEN 3 ELSE 0 END)::smallint, l.last_position
  FROM chain
  JOIN ${s}.lane l ON l.lane = chain.lane
  LEFT JOIN failed ON failed.grp = chain.grp
  ORDER BY chain.n;
END $fn$;
`;
}

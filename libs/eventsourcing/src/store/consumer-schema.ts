/** The tables with which a service remembers what it has consumed, as one script that may run again. */
export function consumerSchema(s: string): string {
  return `
CREATE TABLE IF NOT EXISTS ${s}.checkpoint (
  lane smallint NOT NULL,
  consumer text NOT NULL,
  source text NOT NULL,
  position bigint NOT NULL DEFAULT 0,
  absorbed bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (lane, consumer, source)
) WITH (fillfactor = 50);

CREATE TABLE IF NOT EXISTS ${s}.lease (
  lane smallint NOT NULL,
  name text NOT NULL,
  owner text NOT NULL,
  until timestamptz NOT NULL,
  PRIMARY KEY (lane, name)
) WITH (fillfactor = 50);

CREATE TABLE IF NOT EXISTS ${s}.parked (
  lane smallint NOT NULL,
  consumer text NOT NULL,
  source text NOT NULL,
  position bigint NOT NULL,
  stream text NOT NULL,
  type text NOT NULL,
  -- Of the first event of its stream; the others wait behind it.
  error text,
  attempts int NOT NULL,
  parked_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (lane, consumer, source, position)
);
ALTER TABLE ${s}.parked ALTER COLUMN error DROP NOT NULL;
ALTER TABLE ${s}.parked ADD COLUMN IF NOT EXISTS type text NOT NULL DEFAULT '';
ALTER TABLE ${s}.parked ADD COLUMN IF NOT EXISTS attempts int NOT NULL DEFAULT 1;
CREATE INDEX IF NOT EXISTS parked_stream ON ${s}.parked (lane, consumer, source, stream, position);
CREATE INDEX IF NOT EXISTS parked_first ON ${s}.parked (lane, consumer, source, stream) WHERE error IS NOT NULL;

CREATE TABLE IF NOT EXISTS ${s}.timer (
  lane smallint NOT NULL,
  process text NOT NULL,
  key text NOT NULL,
  id uuid NOT NULL,
  due_at timestamptz NOT NULL,
  -- Later than \`due_at\` after a failure.
  try_at timestamptz NOT NULL,
  command text NOT NULL,
  data json NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  error text,
  parked_at timestamptz,
  PRIMARY KEY (lane, process, key)
);
CREATE INDEX IF NOT EXISTS timer_next ON ${s}.timer (lane, try_at) WHERE parked_at IS NULL;
CREATE INDEX IF NOT EXISTS timer_parked ON ${s}.timer (lane, parked_at) WHERE parked_at IS NOT NULL;

CREATE TABLE IF NOT EXISTS ${s}.rebuild (
  lane smallint NOT NULL,
  view text NOT NULL,
  status jsonb NOT NULL,
  noted_at timestamptz NOT NULL,
  PRIMARY KEY (lane, view)
);
`;
}

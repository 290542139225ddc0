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
  error text NOT NULL,
  parked_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (lane, consumer, source, position)
);
`;
}

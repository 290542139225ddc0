import type { Feed } from '../feed/feed';
import type { KafkaClient } from '../feed/kafka-client';
import { KafkaFeed } from '../feed/kafka-feed';
import { PostgresFeed } from '../feed/postgres-feed';
import { SharedFeed } from '../feed/shared-feed';
import type { Intake } from '../run/intake';
import type { EventStore } from '../store/event-store';
import { Leases } from '../store/leases';
import { schemaOf } from '../store/migrate';
import { PostgresStore } from '../store/postgres-store';
import type { Database } from './database';
import type { EventSourcingOptions } from './options';
import { topicOf } from './topic';

export interface FeedsParts {
  options: EventSourcingOptions;
  service: string;
  database: Database;
  /** The service's own log. */
  store: EventStore;
  kafka: KafkaClient | undefined;
  intake: Intake;
  onError: (what: string, error: unknown) => void;
}

const LEASE_MS = 6000;

/** The own log is read directly; others come by the bus, which is Kafka or, without a broker, their logs. */
export function feedsFrom(sources: readonly string[], parts: FeedsParts): Feed[] {
  const { kafka, service, onError } = parts;
  const foreign = sources.filter((source) => source !== service);
  const direct = kafka ? sources.filter((source) => source === service) : sources;
  const feeds: Feed[] = direct.map((source) => logFeed(source, parts));
  if (!kafka || foreign.length === 0) return feeds;
  return [...feeds, topicFeed(kafka, parts).share(service, foreign, (error) => onError('Kafka consumer', error))];
}

/** The feeds of processes that read topics once for all their services. */
const shared = new WeakMap<EventSourcingOptions, SharedFeed>();

/** Instances are the members of a group, so that its name says for whom it reads: `retail.inventory`, `retail.hema+inventory+payment`. */
function topicFeed(client: KafkaClient, { options }: FeedsParts): SharedFeed {
  const { namespace, consumers } = options;
  const open = (services: readonly string[], sources: readonly string[], onError: (error: unknown) => void): KafkaFeed => {
    const topics = new Map(sources.map((source) => [source, topicOf(namespace, source)]));
    return new KafkaFeed({ client, group: `${namespace}.${services.join('+')}`, topics, onError });
  };
  if (consumers === 'per-service') return new SharedFeed(open);
  const feed = shared.get(options) ?? new SharedFeed(open);
  shared.set(options, feed);
  return feed;
}

function logFeed(source: string, { options, service, database, store: own, intake, onError }: FeedsParts): Feed {
  const isOwn = source === service;
  const store = isOwn ? own : new PostgresStore(source, database.relaxed, schemaOf(source), options.lanes);
  const lease = { name: `feed-${source}`, owner: options.owner, lanes: options.lanes, ttlMs: LEASE_MS };
  return new PostgresFeed({
    store,
    isOwn,
    leases: new Leases(database.relaxed, database.schema, lease),
    signal: options.signal,
    position: (lane) => intake.position(source, lane),
    onError: (error) => onError(`reading the log of ${source} for ${service}`, error),
  });
}

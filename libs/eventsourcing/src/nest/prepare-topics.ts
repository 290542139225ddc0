import { WrongTopic, type KafkaClient } from '../feed/kafka-client';
import type { EventSourcingOptions, ServiceDefinition } from './options';
import { topicOf } from './topic';

const PATIENCE_MS = 30_000;
const RETRY_MS = 250;
const QUIET_MS = 2000;

/**
 * Makes the topics that a service writes to and reads from, where they are missing. A broker that is still starting, or topics without a
 * leader yet, are waited for.
 * @param heads the last position of every lane of the service's log
 * @throws WrongTopic
 */
export async function prepareTopics(
  kafka: KafkaClient,
  options: EventSourcingOptions,
  definition: ServiceDefinition,
  heads: () => Promise<readonly number[]>,
): Promise<void> {
  const { service, commands } = definition;
  for (const deadline = performance.now() + PATIENCE_MS; ;) {
    try {
      await kafka.ensureTopics(topicsOf(options, definition), options.lanes);
      if (commands) await kafka.assertOurs(topicOf(options.namespace, service), await heads());
      return;
    } catch (error) {
      if (error instanceof WrongTopic || performance.now() > deadline) throw error;
      // Topics that were just made find their leaders within moments; that is nothing to talk about.
      if (deadline - performance.now() < PATIENCE_MS - QUIET_MS)
        options.observer.failed(service, 'Kafka is not ready at KAFKA_BROKERS; trying again', error);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

function topicsOf({ namespace }: EventSourcingOptions, definition: ServiceDefinition): string[] {
  const { service, commands, views = [], processes = [] } = definition;
  const read = [...views, ...processes].flatMap(({ sources }) => sources).filter((source) => source !== service);
  const own = commands ? [service] : [];
  return [...new Set([...own, ...read])].map((name) => topicOf(namespace, name));
}

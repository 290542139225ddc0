/** The services that have a log, hence a schema and a topic each. */
export const LOG_SERVICES = ['storefront', 'hema', 'lingshoutong', 'inventory', 'payment', 'fulfillment'] as const;
export type LogService = (typeof LOG_SERVICES)[number];

/** Every service; the unified view only reads, so it has no log. */
export const SERVICES = [...LOG_SERVICES, 'unified-view'] as const;
export type Service = (typeof SERVICES)[number];

/** The Kafka topic on which a service says what happened; one partition per lane. */
export function topicOf(service: LogService): string {
  return `retail.${service}.v1`;
}

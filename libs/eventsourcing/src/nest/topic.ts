/** `retail.storefront.v1`: where a service says what happened, one partition per lane. */
export function topicOf(namespace: string, service: string): string {
  return `${namespace}.${service}.v1`;
}

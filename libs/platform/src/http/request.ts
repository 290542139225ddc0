import type { FastifyRequest } from 'fastify';

/** The path of a URL, without what is asked of it. */
export function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

/**
 * The first segment of the route that was matched: the service that is spoken to, for a route of a service. It is taken from
 * the route and not from the URL, where the same letters can be written in several ways.
 */
export function areaOf(request: FastifyRequest): string {
  const route = request.routeOptions.url ?? '';
  const end = route.indexOf('/', 1);
  return end < 0 ? route.slice(1) : route.slice(1, end);
}

/** A header; Node joins repeated ones with a comma. */
export function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

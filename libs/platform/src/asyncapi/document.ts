import type { EventDescription, EventDescriptions } from '#libs/contracts';
import type { Config } from '../config/config';
import { CLOUD_EVENT } from './cloud-event';

/** What a document is made for: the services that run here, and how their events travel. */
export type Scope = Pick<Config, 'bus' | 'kafkaBrokers' | 'lanes' | 'namespace'> & { services: readonly string[] };

/** A document of AsyncAPI 3.0. */
export interface AsyncApiDocument {
  asyncapi: '3.0.0';
  info: object;
  defaultContentType: string;
  servers: Record<string, object>;
  channels: Record<string, Channel>;
  operations: Record<string, Operation>;
  components: { schemas: Record<string, object>; messages: Record<string, object> };
}

interface Channel {
  address: string;
  description: string;
  messages: Record<string, Reference>;
  bindings: object;
}

/** Seen from the service: it sends what it says, and receives what it hears. */
interface Operation {
  action: 'send' | 'receive';
  channel: Reference;
  summary: string;
  messages: Reference[];
  bindings?: object;
}

interface Reference {
  $ref: string;
}

const CLOUD_EVENTS_JSON = 'application/cloudevents+json';
const BINDING = { bindingVersion: '0.5.0' };

const DESCRIPTION = `What happened in the services, as CloudEvents 1.0 in structured mode. A service says it on a topic of its own;
the key is the stream, the partition is the stream's lane. Events of a lane come in order and may come again: \`position\` is dense, so
that a reader knows what it has had and what is missing. The same documents are at \`GET /<service>/events?lane&after&limit\`, from
the first to the last.`;

/** The channels of the services that run here and those that they read, with every message of them. */
export function asyncApiDocument({ events, heardBy }: EventDescriptions, scope: Scope): AsyncApiDocument {
  const heard = new Set(scope.services.flatMap((service) => heardBy[service] ?? []));
  const isHere = ({ service, type }: EventDescription): boolean => scope.services.includes(service) || heard.has(type);
  const shown = events.filter(isHere);
  const sources = [...new Set(shown.map(({ service }) => service))].sort();
  const of = (source: string): EventDescription[] => shown.filter(({ service }) => service === source);
  return {
    asyncapi: '3.0.0',
    info: { title: 'New Retail events', version: '1', description: described(scope) },
    defaultContentType: CLOUD_EVENTS_JSON,
    servers: scope.bus === 'kafka' ? Object.fromEntries(scope.kafkaBrokers.map((host, n) => [`kafka-${n}`, broker(host)])) : {},
    channels: Object.fromEntries(sources.map((source) => [source, channel(source, of(source), scope)])),
    operations: Object.fromEntries(
      sources.flatMap((source) => [...says(source, of(source), scope), ...hears(source, of(source), { heardBy, scope })]),
    ),
    components: {
      schemas: { CloudEvent: CLOUD_EVENT, ...Object.fromEntries(shown.map((event) => [nameOf(event), event.schema])) },
      messages: Object.fromEntries(shown.map((event) => [nameOf(event), message(event, scope)])),
    },
  };
}

function described({ bus }: Scope): string {
  return bus === 'kafka'
    ? DESCRIPTION
    : `${DESCRIPTION}\n\nThis process runs without a broker: services read each other's logs instead.`;
}

function broker(host: string): object {
  return { host, protocol: 'kafka', description: 'A broker of the cluster over which services share events.' };
}

/** `OrderPlaced.v1` */
function nameOf({ type, version }: EventDescription): string {
  return `${type}.v${version}`;
}

function topicOf(source: string, { namespace }: Scope): string {
  return `${namespace}.${source}.v1`;
}

function channel(source: string, events: readonly EventDescription[], scope: Scope): Channel {
  const topic = topicOf(source, scope);
  const messages = Object.fromEntries(events.map((event) => [nameOf(event), { $ref: `#/components/messages/${nameOf(event)}` }]));
  const description = `What happened in ${source}.`;
  return { address: topic, description, messages, bindings: { kafka: { topic, partitions: scope.lanes, ...BINDING } } };
}

function messagesIn(source: string, events: readonly EventDescription[]): Reference[] {
  return events.map((event) => ({ $ref: `#/channels/${source}/messages/${nameOf(event)}` }));
}

type Operations = [string, Operation][];

function says(source: string, events: readonly EventDescription[], { services }: Scope): Operations {
  if (!services.includes(source)) return [];
  const summary = `${source} says what happened.`;
  return [[`${source}.says`, { action: 'send', channel: channelRef(source), summary, messages: messagesIn(source, events) }]];
}

interface Hearing {
  heardBy: EventDescriptions['heardBy'];
  scope: Scope;
}

/** Own events are read from the own log; what others say comes by their channel. */
function hears(source: string, events: readonly EventDescription[], { heardBy, scope }: Hearing): Operations {
  return scope.services
    .filter((service) => service !== source)
    .map((service): [string, EventDescription[]] => [service, events.filter(({ type }) => heardBy[service]?.includes(type))])
    .filter(([, wanted]) => wanted.length > 0)
    .map(([service, wanted]) => [
      `${service}.hears.${source}`,
      {
        action: 'receive',
        channel: channelRef(source),
        summary: `${service} hears what happened in ${source}.`,
        messages: messagesIn(source, wanted),
        bindings: { kafka: { groupId: { type: 'string', const: `${scope.namespace}.${service}` }, ...BINDING } },
      },
    ]);
}

function channelRef(source: string): Reference {
  return { $ref: `#/channels/${source}` };
}

function message(event: EventDescription, { namespace }: Scope): object {
  const { service, version, stream, meaning, example } = event;
  const type = `${namespace}.${service}.${nameOf(event)}`;
  const own = {
    type: { const: type },
    source: { const: `/${service}` },
    data: { $ref: `#/components/schemas/${nameOf(event)}` },
  };
  return {
    name: type,
    title: `${event.type}, version ${version}`,
    ...(meaning && { summary: meaning }),
    contentType: CLOUD_EVENTS_JSON,
    payload: { allOf: [{ $ref: '#/components/schemas/CloudEvent' }, { type: 'object', properties: own }] },
    bindings: { kafka: { key: { type: 'string', description: `The stream: ${stream}` }, ...BINDING } },
    examples: [{ payload: { ...example, type } }],
  };
}

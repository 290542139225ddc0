import type { Consumer } from './consumers';
import type { Contracts, Field, Shape, StreamOfEvents } from './contracts';

const INTRODUCTION = `# Event catalog

Written by \`npm run docs\` from \`libs/contracts/src\` and the views and processes of the services; do not edit.

An event of a service travels as one CloudEvent on the topic \`retail.<service>.v1\`, key = stream id, partition = lane. The
fields below are its \`data\`. Amounts are integers in minor units, quantities integers in the SKU's unit, times UTC. Programs
read the same at \`/asyncapi.json\`, and \`test/contracts/golden\` has an event of every type and version.

A field of type \`Sealed<T>\` is about a person: text that holds a \`T\` and opens only with that person's key, which is not here. After
\`CustomerErased\` it opens for nobody ([why](adr/0025-seal-what-is-personal-with-a-key-per-person.md)).
`;

/** The catalog as Markdown: every event, its fields, and who consumes it. */
export function renderCatalog({ streams, values }: Contracts, consumers: readonly Consumer[]): string {
  const services = [...new Set(streams.map(({ service }) => service))];
  const sections = services.map((service) => serviceSection(service, streams, consumers));
  const shared = ['## Values', ...values.map((value) => `### ${value.name}\n\n${described(value)}`)].join('\n\n');
  return `${[INTRODUCTION.trimEnd(), overview(streams, consumers), ...sections, shared].join('\n\n')}\n`;
}

function overview(streams: readonly StreamOfEvents[], consumers: readonly Consumer[]): string {
  const rows = streams.flatMap(({ service, events }) =>
    events.map(({ name }) => `| [${name}](#${name.toLowerCase()}) | ${service} | ${servicesThatHear(name, consumers)} |`),
  );
  return ['| event | said by | heard by |', '| --- | --- | --- |', ...rows].join('\n');
}

function servicesThatHear(event: string, consumers: readonly Consumer[]): string {
  const services = consumers.filter(({ events }) => events.includes(event)).map(({ service }) => service);
  return [...new Set(services)].join(', ') || '–';
}

function serviceSection(service: string, streams: readonly StreamOfEvents[], consumers: readonly Consumer[]): string {
  const own = streams.filter((stream) => stream.service === service);
  return [`## ${service}`, `Topic \`retail.${service}.v1\`.`, ...own.map((stream) => streamSection(stream, consumers))].join(
    '\n\n',
  );
}

function streamSection({ pattern, meaning, events }: StreamOfEvents, consumers: readonly Consumer[]): string {
  const parts = events.map((event) => `#### ${event.name}\n\n${described(event)}\n\n${heardBy(event.name, consumers)}`);
  return [`### ${pattern}`, capitalized(meaning), ...parts].join('\n\n');
}

function heardBy(event: string, consumers: readonly Consumer[]): string {
  const found = consumers.filter(({ events }) => events.includes(event));
  if (found.length === 0) return 'Consumed by nobody yet.';
  return `Consumed by ${found.map(({ service, kind, name, file }) => `[${service} ${kind} \`${name}\`](../${file})`).join(', ')}.`;
}

function described({ meaning, fields }: Shape): string {
  const explained = fields.some((field) => field.meaning);
  const columns = explained ? ['field', 'type', 'meaning'] : ['field', 'type'];
  const rows = [columns, columns.map(() => '---'), ...fields.map((field) => cells(field).slice(0, columns.length))];
  const table = rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
  return meaning ? `${meaning}\n\n${table}` : table;
}

function cells({ name, type, optional, meaning }: Field): string[] {
  return [`\`${name}\`${optional ? ' (optional)' : ''}`, `\`${type.replaceAll('|', '\\|')}\``, meaning.replaceAll('|', '\\|')];
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

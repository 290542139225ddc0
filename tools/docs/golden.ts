import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVENT_TYPES } from '#libs/contracts';
import { cloudEventText, derivedId, eventHash, Evolution, laneOf } from '#libs/eventsourcing';
import { incompatibilities } from './compatibility';
import type { Contracts, EventShape, StreamOfEvents } from './contracts';
import { exampleOf } from './example';
import type { JsonSchema } from './json-schema';

/** For every event type and version: an event as it was first written (`.json`), and the shape of its data (`.schema.json`). */
export function goldenPath(type: string, version: number): string {
  return `test/contracts/golden/${type}.v${version}`;
}

const LANES = 8;
const TIME = '2026-03-01T08:30:00.000Z';

/**
 * The golden files as they should be, path to text. An event that is there stays for ever as it is, and so does the shape of a
 * version that is past. The shape of today's version may grow: it is kept in step, so that what it grew by is not taken away
 * again. Throws, with the remedy, when what is declared today is not compatible with it.
 */
export function goldenFiles(root: string, { streams }: Contracts): Record<string, string> {
  const evolution = new Evolution(EVENT_TYPES);
  const files: Record<string, string> = {};
  for (const stream of streams) {
    for (const event of stream.events) {
      const version = evolution.versionOf(event.name);
      const path = goldenPath(event.name, version);
      const written = textAt(root, `${path}.json`);
      files[`${path}.json`] = written ?? json(goldenEvent(stream, event, version));
      const frozen = textAt(root, `${path}.schema.json`);
      if (frozen !== undefined) refuseChange(event, JSON.parse(frozen) as JsonSchema, version);
      files[`${path}.schema.json`] = json(event.schema);
    }
  }
  return files;
}

function refuseChange({ name, schema }: EventShape, frozen: JsonSchema, version: number): void {
  const faults = incompatibilities(frozen, schema, name);
  if (faults.length === 0) return;
  throw new Error(
    `${name} is not what version ${version} of it was: ${faults.join('; ')}. Events of version ${version} are in the logs for ` +
      'ever. Make the change optional, or give the event type a step to the next version in libs/contracts/src/event-types.ts. ' +
      `Where no log has such events yet, delete ${goldenPath(name, version)}.* instead.`,
  );
}

/** An event of the type, as the relay sends it: the first of its lane. */
function goldenEvent(stream: StreamOfEvents, { name, schema }: EventShape, schemaVersion: number): unknown {
  const data = exampleOf(schema, name) as Record<string, unknown>;
  const id = streamOf(stream, data);
  const event = {
    source: stream.service,
    lane: laneOf(id, LANES),
    position: 1,
    stream: id,
    version: 1,
    type: name,
    schemaVersion,
    data: JSON.stringify(data),
    happenedAt: TIME,
    recordedAt: TIME,
    commandId: derivedId(`example/${name}`),
    by: 'example',
  };
  return JSON.parse(cloudEventText({ ...event, hash: eventHash('', { ...event, hash: '' }) }, { namespace: 'retail' }));
}

/** `stock:<sku>@<location>` filled in from the data; of several patterns the one whose id is in the data. */
function streamOf({ pattern }: StreamOfEvents, data: Record<string, unknown>): string {
  const patterns = pattern.split('`').filter((text) => text.includes(':'));
  const own = patterns.find((text) => `${categoryOf(text)}Id` in data) ?? patterns[0] ?? '';
  return own.replace(/<(.+?)>/g, (_, name: string) => {
    const fields = name === 'id' ? [categoryOf(own)] : [camelCase(name), `${categoryOf(own)}Id`];
    const value = fields.map((field) => data[`${field}Id`] ?? data[field]).find(Boolean);
    return typeof value === 'string' ? value : 'example';
  });
}

function categoryOf(pattern: string): string {
  return camelCase(pattern.split(':')[0] ?? '');
}

function camelCase(words: string): string {
  return words.replace(/[ -](\w)/g, (_, letter: string) => letter.toUpperCase());
}

export function textAt(root: string, path: string): string | undefined {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;
}

/** As it stands in generated files. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

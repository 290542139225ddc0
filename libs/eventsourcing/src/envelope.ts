import { hash } from 'node:crypto';
import type { RecordedEvent } from './vocabulary';

/** An event as the log stores it: like `RecordedEvent`, its data still the JSON text that was written. */
export interface StoredEvent extends Omit<RecordedEvent, 'data'> {
  data: string;
}

/** How event types are spelled outside: `retail.storefront.OrderPlaced.v1`. */
export interface Naming {
  namespace: string;
}

/** `storefront-3-120`: the CloudEvents id, unique and made of nothing but where the event stands. */
export function eventId(event: { source: string; lane: number; position: number }): string {
  return `${event.source}-${event.lane}-${event.position}`;
}

/**
 * The CloudEvents 1.0 document of an event in structured JSON, built around the stored text without parsing it.
 * `time` is when it happened, `recordedtime` when the log took it; `data` comes last. `id` and `type` come first, so that
 * a consumer can skip what it does not want without parsing it.
 */
export function cloudEventText(event: StoredEvent, { namespace }: Naming): string {
  return (
    `{"specversion":"1.0","id":"${eventId(event)}","type":"${namespace}.${event.source}.${event.type}.v${event.schemaVersion}",` +
    `"source":"/${event.source}","subject":${JSON.stringify(event.stream)},"time":"${event.happenedAt}",` +
    `"datacontenttype":"application/json","lane":${event.lane},"position":${event.position},` +
    `"streamversion":${event.version},"recordedtime":"${event.recordedAt}","commandid":"${event.commandId}",` +
    `"actor":${JSON.stringify(event.by)},"hash":"${event.hash}","data":${event.data}}`
  );
}

/** The attributes of `cloudEventText`, parsed. */
export interface CloudEvent {
  specversion: '1.0';
  id: string;
  type: string;
  source: string;
  subject: string;
  time: string;
  datacontenttype: 'application/json';
  lane: number;
  position: number;
  streamversion: number;
  recordedtime: string;
  commandid: string;
  actor: string;
  hash: string;
  data: unknown;
}

/** Reads a CloudEvents document of ours back into the event that it was made of. */
export function fromCloudEvent(document: CloudEvent): RecordedEvent {
  const [type, schemaVersion] = splitType(document.type);
  return {
    source: document.source.slice(1),
    lane: document.lane,
    position: document.position,
    stream: document.subject,
    version: document.streamversion,
    type,
    schemaVersion,
    data: document.data,
    happenedAt: document.time,
    recordedAt: document.recordedtime,
    commandId: document.commandid,
    by: document.actor,
    hash: document.hash,
  };
}

/** `retail.storefront.OrderPlaced.v2` says `['OrderPlaced', 2]`. */
export function splitType(type: string): [name: string, schemaVersion: number] {
  const parts = type.split('.');
  const version = parts.pop() ?? '';
  return [parts.pop() ?? type, Number(version.slice(1))];
}

const HEAD = /^\{"specversion":"1\.0","id":"[^"]*-(\d+)","type":"[^"]*\.([^".]+)\.v\d+"/;

/** Position and type of a document as the relay writes them, without parsing the rest; undefined for any other spelling. */
export function peek(text: string): { position: number; type: string } | undefined {
  const match = HEAD.exec(text);
  return match ? { position: Number(match[1]), type: match[2] ?? '' } : undefined;
}

/** The stored event with its data parsed. */
export function parsed(event: StoredEvent): RecordedEvent {
  return { ...event, data: JSON.parse(event.data) as unknown };
}

/**
 * The text of an event that its link covers, one field a line. The append function in the database makes the same when it has
 * to link events itself; whoever holds the events can make it again.
 */
export function linkText(event: Omit<StoredEvent, 'source' | 'hash'>): string {
  return (
    `${event.lane}\n${event.position}\n${event.stream}\n${event.version}\n${event.type}\n${event.schemaVersion}\n` +
    `${event.commandId}\n${event.by}\n${event.happenedAt}\n${event.recordedAt}\n${event.data}`
  );
}

const LINK_BYTES = 32;
/** UTF-8 takes up to three bytes for a UTF-16 unit. */
const MOST_BYTES = 3;
/** Kept from link to link: a hash object and a buffer for each would be most of the cost. */
let scratch = Buffer.allocUnsafeSlow(65_536);

/**
 * The link of an event in its lane's hash chain: SHA-256 over the previous link (no bytes for the first event) and its text. Links are
 * strings of a character a byte (`latin1`), which cost less than a buffer each.
 */
export function link(previous: string, text: string): string {
  const most = LINK_BYTES + MOST_BYTES * text.length;
  if (most > scratch.length) scratch = Buffer.allocUnsafeSlow(most);
  const start = scratch.write(previous, 0, 'latin1');
  return hash('sha256', scratch.subarray(0, start + scratch.write(text, start, 'utf8')), 'binary');
}

/** The link of an event, computed again from the event and the previous link; both in lower-case hex. */
export function eventHash(previous: string, event: StoredEvent | RecordedEvent): string {
  const data = typeof event.data === 'string' ? event.data : JSON.stringify(event.data);
  const before = Buffer.from(previous, 'hex').toString('latin1');
  return Buffer.from(link(before, linkText({ ...event, data })), 'latin1').toString('hex');
}

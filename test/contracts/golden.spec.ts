import Ajv from 'ajv';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EVENT_TYPES } from '#libs/contracts';
import { cloudEventText, eventHash, Evolution, fromCloudEvent, laneOf, type CloudEvent } from '#libs/eventsourcing';
import type { Aggregate, Process, RecordedEvent, View } from '#libs/eventsourcing/vocabulary';

const ROOT = resolve(__dirname, '../..');
const FOLDER = join(__dirname, 'golden');
const evolution = new Evolution(EVENT_TYPES);

/** What is on file: `OrderPlaced`, 1, and the event as it was written. */
interface Golden {
  name: string;
  type: string;
  version: number;
  document: CloudEvent;
}

const goldens: Golden[] = readdirSync(FOLDER)
  .filter((file) => !file.endsWith('.schema.json'))
  .sort()
  .map((file) => {
    const [, type = '', version] = /^(\w+)\.v(\d+)\.json$/.exec(file) ?? [];
    return { name: file, type, version: Number(version), document: readJson(file) as CloudEvent };
  });

function readJson(file: string): object {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as object;
}

function asOfToday({ document }: Golden): RecordedEvent {
  return evolution.current(fromCloudEvent(document));
}

const ajv = new Ajv({ allErrors: true });

/** What is wrong with data by the shape of a version. */
function faults(data: unknown, type: string, version: number): string {
  const name = `${type}.v${version}.schema.json`;
  const validate = ajv.getSchema(name) ?? ajv.addSchema(readJson(name), name).getSchema(name)!;
  return validate(data) === true ? '' : ajv.errorsText(validate.errors);
}

describe('the events on file', () => {
  it('are one of every type and version, and none of an unknown type: what was once written is in the logs for ever', () => {
    const wanted = Object.keys(EVENT_TYPES).flatMap((type) =>
      Array.from({ length: evolution.versionOf(type) }, (_, n) => `${type}.v${n + 1}.json`),
    );
    expect(goldens.map(({ name }) => name)).toEqual(wanted.sort());
  });

  it.each(goldens)('$name has the shape of its version, and read as of today that of today', (golden) => {
    const { type, version, document } = golden;
    expect(document.type.endsWith(`.${type}.v${version}`)).toBe(true);
    expect(faults(document.data, type, version)).toBe('');
    expect(faults(asOfToday(golden).data, type, evolution.versionOf(type))).toBe('');
  });

  it('would not pass without a field, or with one of another type', () => {
    const { data } = goldens.find(({ name }) => name === 'OrderPlaced.v1.json')!.document as { data: Record<string, unknown> };
    const { customer: _, ...rest } = data;
    expect(faults(rest, 'OrderPlaced', 1)).toContain('customer');
    expect(faults({ ...data, deliverTo: 'in the clear' }, 'OrderPlaced', 1)).toContain('/deliverTo must match pattern');
    expect(faults({ ...data, lines: [{ sku: 1 }] }, 'OrderPlaced', 1)).toContain('/lines/0/sku must be string');
  });

  it.each(goldens)('$name has the envelope and the hash that it would get today', ({ document }) => {
    const event = fromCloudEvent(document);
    expect(eventHash('', event)).toBe(document.hash);
    expect(laneOf(event.stream, 8)).toBe(document.lane);
    const text = cloudEventText({ ...event, data: JSON.stringify(event.data) }, { namespace: 'retail' });
    expect(text).toBe(JSON.stringify(document));
  });
});

type AnyAggregate = Aggregate<unknown, Record<string, object>>;
type Reader = [who: string, type: string, read: (event: RecordedEvent) => unknown];

function readersIn(file: string): Reader[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const exported = Object.entries(require(join(ROOT, file)) as Record<string, unknown>);
  return exported.flatMap(([name, value]) => {
    if (typeof value !== 'object' || value === null) return [];
    if ('evolve' in value) return aggregateReaders(name, value as AnyAggregate);
    return 'on' in value && 'sources' in value ? consumerReaders(name, value as View<object> | Process) : [];
  });
}

/** The event with which a subscription begins is read first, because some things cannot change before they have begun. */
function beginning(on: object): [type: string, event: RecordedEvent | undefined] {
  const [type = ''] = Object.keys(on);
  const golden = goldens.find((candidate) => candidate.type === type);
  return [type, golden && asOfToday(golden)];
}

function aggregateReaders(name: string, { evolve, initial }: AnyAggregate): Reader[] {
  const [first, begun] = beginning(evolve);
  const state = begun ? evolve[first]?.(initial, begun.data as object) : initial;
  return Object.entries(evolve).map(([type, step]) => [name, type, ({ data }) => step(state, data as object)]);
}

function consumerReaders(name: string, { on }: View<object> | Process): Reader[] {
  const [first, begun] = beginning(on);
  const row = begun && on[first]?.(begun).map((answer) => carriedOut(answer, undefined))[0];
  return Object.entries(on).map(([type, handle]) => [
    name,
    type,
    (event) => handle(event).map((answer) => carriedOut(answer, row)),
  ]);
}

/** What becomes of a row by its change; a command is left alone. */
function carriedOut(answer: object, row: object | undefined): object {
  return 'change' in answer ? (answer.change as (row: object | undefined) => object)(row) : answer;
}

const readers = readdirSync(join(ROOT, 'apps'), { recursive: true, encoding: 'utf8' })
  .filter(
    (file) => /\/src\/.*\.ts$/.test(file) && !/(spec|http|module|timer|provider)\.ts$|main\.ts$|migrations|testing/.test(file),
  )
  .flatMap((file) => readersIn(join('apps', file)));

describe('whoever subscribes to an event', () => {
  it.each(goldens)('reads $name', (golden) => {
    const interested = readers.filter(([, type]) => type === golden.type);
    for (const [who, , read] of interested) {
      expect([who, attempt(() => read(structuredClone(asOfToday(golden))))]).toEqual([who, 'read']);
    }
  });

  it('is found: every type has an aggregate at least, and a reader that stumbles is reported', () => {
    const read = new Set(readers.map(([, type]) => type));
    expect(Object.keys(EVENT_TYPES).filter((type) => !read.has(type))).toEqual([]);
    const careless = { on: { A: ({ data }: RecordedEvent<'A', { lines: object[] }>) => [data.lines[0]] } };
    const [, , stumble] = consumerReaders('shelf', careless as never)[0]!;
    expect(attempt(() => stumble({ data: {} } as RecordedEvent))).toContain('TypeError');
  });
});

function attempt(read: () => unknown): string {
  try {
    read();
    return 'read';
  } catch (error) {
    return String(error);
  }
}

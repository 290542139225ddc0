import { basename, join } from 'node:path';
import ts from 'typescript';
import { commentOf, schemaOf, type JsonSchema } from './json-schema';

export interface Field {
  name: string;
  /** As TypeScript writes it: `string`, `TradeLine[]`, `'cash' | 'card'`. */
  type: string;
  optional: boolean;
  meaning: string;
}

/** A shape by its name: an event, or a value that events share. */
export interface Shape {
  name: string;
  meaning: string;
  fields: Field[];
}

/** An event, and what the checker of a schema language needs to know of its data. */
export interface EventShape extends Shape {
  schema: JsonSchema;
}

export interface StreamOfEvents {
  /** `order:<id>`, one or several. */
  pattern: string;
  service: string;
  meaning: string;
  events: EventShape[];
}

export interface Contracts {
  streams: StreamOfEvents[];
  /** The interfaces that events are made of, by name. */
  values: Shape[];
}

/** Every map of events begins with this sentence; it is where stream and service are said. */
const STREAM = /^Stream (.+?) of `([a-z-]+)`: ([\s\S]+)$/;

/** Reads the events that the services share out of their declarations, comments included. */
export function readContracts(root: string): Contracts {
  const folder = join(root, 'libs/contracts/src');
  const files = ts.sys.readDirectory(folder, ['.ts'], ['**/*.spec.ts'], undefined, 1).sort();
  const program = ts.createProgram(files, { strict: true, target: ts.ScriptTarget.ES2023, lib: ['lib.es2023.d.ts'], types: [] });
  const checker = program.getTypeChecker();
  const declared = files.flatMap((file) => interfacesOf(program.getSourceFile(file)));
  const streams = declared.filter(isEventMap).map((declaration) => streamOf(declaration, checker));
  const values = declared.filter((declaration) => !isEventMap(declaration) && isExported(declaration));
  return { streams: streams.sort(byService), values: values.map((declaration) => shapeOf(declaration.name, checker)) };
}

function interfacesOf(source: ts.SourceFile | undefined): ts.InterfaceDeclaration[] {
  return source ? source.statements.filter((statement) => ts.isInterfaceDeclaration(statement)) : [];
}

function isEventMap({ name }: ts.InterfaceDeclaration): boolean {
  return name.text.endsWith('Events');
}

function isExported({ modifiers }: ts.InterfaceDeclaration): boolean {
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function byService(a: StreamOfEvents, b: StreamOfEvents): number {
  return a.service.localeCompare(b.service) || a.pattern.localeCompare(b.pattern);
}

function streamOf(declaration: ts.InterfaceDeclaration, checker: ts.TypeChecker): StreamOfEvents {
  const type = checker.getTypeAtLocation(declaration.name);
  const [, pattern, service, meaning] = STREAM.exec(commentOf(type.getSymbol(), checker)) ?? [];
  if (!pattern || !service || !meaning) {
    const file = basename(declaration.getSourceFile().fileName);
    throw new Error(
      `${file}: the comment of ${declaration.name.text} must begin with "Stream \`<pattern>\` of \`<service>\`: ".`,
    );
  }
  const events = type.getProperties().map((property) => ({
    name: property.name,
    meaning: commentOf(property, checker),
    fields: fieldsOf(checker.getTypeOfSymbol(property), checker),
    schema: schemaOf(checker.getTypeOfSymbol(property), checker, property.name),
  }));
  return { pattern, service, meaning, events };
}

function shapeOf(name: ts.Identifier, checker: ts.TypeChecker): Shape {
  const type = checker.getTypeAtLocation(name);
  return { name: name.text, meaning: commentOf(type.getSymbol(), checker), fields: fieldsOf(type, checker) };
}

function fieldsOf(type: ts.Type, checker: ts.TypeChecker): Field[] {
  return type.getProperties().map((property) => {
    const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    const declared = checker.getTypeOfSymbol(property);
    return {
      name: property.name,
      type: spell(optional ? checker.getNonNullableType(declared) : declared, checker),
      optional,
      meaning: commentOf(property, checker),
    };
  });
}

const SPELL = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;
const SPELL_OPENED = SPELL | ts.TypeFormatFlags.InTypeAlias;

/** Names of unions are opened, because a reader wants the values; names of shapes stay. */
function spell(type: ts.Type, checker: ts.TypeChecker): string {
  return checker.typeToString(type, undefined, type.isUnion() ? SPELL_OPENED : SPELL);
}

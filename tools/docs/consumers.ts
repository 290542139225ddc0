import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** A view or process and what it listens to. */
export interface Consumer {
  service: string;
  kind: 'view' | 'process';
  name: string;
  events: string[];
  /** Path in the repository. */
  file: string;
}

const KINDS: Record<string, Consumer['kind']> = { viewOf: 'view', processOf: 'process' };

/** Finds who consumes what: the keys of `on` are the subscription, so the source text says it all. */
export function findConsumers(root: string): Consumer[] {
  const files = ts.sys.readDirectory(join(root, 'apps'), ['.view.ts', '.process.ts']).sort();
  return files.flatMap((path) => {
    const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2023, true);
    const file = relative(root, path).replaceAll('\\', '/');
    const service = file.split('/')[1] ?? '';
    return declarations(source).map(([kind, literal]) => ({ service, kind, ...subscription(literal, source), file }));
  });
}

/** Every `viewOf<…>()({ … })` and `processOf<…>()({ … })` of a file. */
function declarations(source: ts.SourceFile): [Consumer['kind'], ts.ObjectLiteralExpression][] {
  const found: [Consumer['kind'], ts.ObjectLiteralExpression][] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isCallExpression(node.expression)) {
      const kind = KINDS[node.expression.expression.getText(source)];
      const [literal] = node.arguments;
      if (kind && literal && ts.isObjectLiteralExpression(literal)) found.push([kind, literal]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function subscription(literal: ts.ObjectLiteralExpression, source: ts.SourceFile): { name: string; events: string[] } {
  const name = initializerOf(literal, 'name');
  const on = initializerOf(literal, 'on');
  if (!name || !ts.isStringLiteral(name) || !on || !ts.isObjectLiteralExpression(on)) {
    throw new Error(`${source.fileName}: write \`name\` and \`on\` out in place, so that the subscription can be read.`);
  }
  return { name: name.text, events: on.properties.map((property) => property.name?.getText(source) ?? '') };
}

function initializerOf(literal: ts.ObjectLiteralExpression, key: string): ts.Expression | undefined {
  const property = literal.properties.find((candidate) => candidate.name?.getText() === key);
  return property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

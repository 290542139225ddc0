import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const FENCE = /^```(.*)\n([\s\S]*?)^```$/gm;
const LINK = /\]\(([^)#\s]+)(?:#[^)]*)?\)/g;
const CODE = /`([^`\n]+)`/g;
/** `[7](adr/0007-send-cloudevents.md)` or `[ADR 7](0007-…)`: the number that is shown, and that of the decision. */
const DECISION = /\[(?:ADR )?(\d+)\]\((?:adr\/|docs\/adr\/)?(\d{4})-[^)]*\)/g;
/** In running text only what begins like a path of the repository is taken for one. */
const IN_REPOSITORY = /^(apps|libs|tools|test|docs)\/[\w./-]+$/;
const ELSEWHERE = /^[a-z]+:/;
const ELISION = /^\s*\/\/ …$/;

/** The paths that a document links to or names in code style, and that do not exist. */
export function missingPaths(root: string, document: string): string[] {
  const text = readFileSync(join(root, document), 'utf8').replace(FENCE, '');
  const linked = [...text.matchAll(LINK)].map(([, target = '']) => target).filter((target) => !ELSEWHERE.test(target));
  const named = [...text.matchAll(CODE)].map(([, code = '']) => code).filter((code) => IN_REPOSITORY.test(code));
  const paths = [...linked.map((target) => join(dirname(document), target)), ...named];
  return [...new Set(paths.map(normalize))].filter((path) => !existsSync(join(root, path)));
}

/** The links to decisions that show the number of another. */
export function mislabeledDecisions(root: string, document: string): string[] {
  const links = [...readFileSync(join(root, document), 'utf8').matchAll(DECISION)];
  return links.filter(([, shown, number]) => Number(shown) !== Number(number)).map(([link]) => link);
}

/**
 * The excerpts of a document that its files do not say any more. A fence that begins with `file=<path>` after its
 * language is an excerpt; a line `// …` in it stands for what is left out.
 */
export function staleExcerpts(root: string, document: string): string[] {
  const text = readFileSync(join(root, document), 'utf8');
  const excerpts = [...text.matchAll(FENCE)].flatMap(([, info = '', body = '']) => {
    const [, path] = /file=(\S+)/.exec(info) ?? [];
    return path ? [{ path, body }] : [];
  });
  return excerpts.filter(({ path, body }) => !says(join(root, path), body)).map(({ path, body }) => `${path}: ${body.trim()}`);
}

/** Whether a file has the pieces of an excerpt, in order; indentation does not matter. */
function says(path: string, excerpt: string): boolean {
  if (!existsSync(path)) return false;
  const file = trimmed(readFileSync(path, 'utf8').split('\n'));
  let at = 0;
  return pieces(excerpt.trimEnd().split('\n')).every((piece) => {
    const found = file.indexOf(`\n${trimmed(piece).trim()}\n`, at);
    at = found + 1;
    return found >= 0;
  });
}

function pieces(lines: readonly string[]): string[][] {
  const found: string[][] = [[]];
  for (const line of lines) {
    if (ELISION.test(line)) found.push([]);
    else found.at(-1)?.push(line);
  }
  return found.filter((piece) => piece.length > 0);
}

function trimmed(lines: readonly string[]): string {
  return `\n${lines.map((line) => line.trim()).join('\n')}\n`;
}

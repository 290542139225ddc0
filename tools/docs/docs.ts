import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findConsumers } from './consumers';
import { readContracts } from './contracts';
import { renderCatalog } from './event-catalog';
import { describeEvents } from './event-descriptions';
import { goldenFiles, json, textAt } from './golden';

/** What is written by machine: path to text, as it should be now. */
export function generatedDocs(root: string): Record<string, string> {
  const contracts = readContracts(root);
  const consumers = findConsumers(root);
  const golden = goldenFiles(root, contracts);
  const read = (path: string): unknown => JSON.parse(golden[path] ?? textAt(root, path) ?? 'null');
  return {
    'docs/event-catalog.md': renderCatalog(contracts, consumers),
    'libs/contracts/events.json': json(describeEvents(contracts, consumers, read)),
    ...golden,
  };
}

/** The generated files that are not on disk as they should be. */
export async function staleDocs(root: string): Promise<string[]> {
  return stale(root, generatedDocs(root));
}

/** Writes the generated files; returns the paths of those that changed. */
export async function writeDocs(root: string): Promise<string[]> {
  const docs = generatedDocs(root);
  const changed = await stale(root, docs);
  for (const path of changed) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), docs[path] ?? '');
  }
  return changed;
}

async function stale(root: string, docs: Record<string, string>): Promise<string[]> {
  const found: string[] = [];
  for (const [path, text] of Object.entries(docs)) {
    const present = await readFile(join(root, path), 'utf8').catch(() => '');
    if (present !== text) found.push(path);
  }
  return found;
}

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findConsumers } from './consumers';
import { readContracts } from './contracts';
import { renderCatalog } from './event-catalog';

/** The documents that are written by machine: path to text, as they should be now. */
export function generatedDocs(root: string): Record<string, string> {
  return { 'docs/event-catalog.md': renderCatalog(readContracts(root), findConsumers(root)) };
}

/** The generated documents that are not on disk as they should be. */
export async function staleDocs(root: string): Promise<string[]> {
  const stale: string[] = [];
  for (const [path, text] of Object.entries(generatedDocs(root))) {
    const present = await readFile(join(root, path), 'utf8').catch(() => '');
    if (present !== text) stale.push(path);
  }
  return stale;
}

/** Writes the generated documents; returns the paths of those that changed. */
export async function writeDocs(root: string): Promise<string[]> {
  const stale = await staleDocs(root);
  const docs = generatedDocs(root);
  for (const path of stale) await writeFile(join(root, path), docs[path] ?? '');
  return stale;
}

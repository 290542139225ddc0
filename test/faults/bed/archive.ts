import { differences, notesOf, readLog, soundness, type Notes } from './audit';
import { ask } from './database';
import { until } from './until';

/** What the archive's view shows. */
export async function shownPages(url: string): Promise<Notes> {
  const rows = await ask<{ note: string; lines: number[] }>(url, 'SELECT note, lines FROM archive.page');
  return new Map(rows.map(({ note, lines }) => [note.slice('note:'.length), lines]));
}

const BEHIND = `
  SELECT coalesce(sum(l.last_position - coalesce(c.position, 0)), 0)::int AS behind
  FROM notebook.lane l CROSS JOIN (VALUES ('pages'), ('copy-lines')) w (consumer)
  LEFT JOIN archive.checkpoint c ON c.consumer = w.consumer AND c.source = 'notebook' AND c.lane = l.lane`;
const UNDEFINED_TABLE = '42P01';

/** How many events view and process of the archive have yet to take in. */
async function behind(url: string): Promise<number> {
  try {
    const [row] = await ask<{ behind: number }>(url, BEHIND);
    return row?.behind ?? Infinity;
  } catch (error) {
    if ((error as { code?: string }).code === UNDEFINED_TABLE) return Infinity;
    throw error;
  }
}

/** Waits until view and process of the archive have everything that the notebook's log has; it may not stand still for so long. */
export async function untilArchived(url: string, timeoutMs: number): Promise<void> {
  for (let left = await behind(url); left > 0;) {
    const before = left;
    await until(async () => (left = await behind(url)) < before, 'the archive to catch up', timeoutMs);
  }
}

/** Everything that is wrong with the archive: its log, its pages and its copies, held against the log of the notebook. */
export async function archiveFaults(url: string): Promise<string[]> {
  const [notebook, archive] = [await readLog(url, 'notebook'), await readLog(url, 'archive')];
  const notes = notesOf(notebook);
  return [
    ...soundness(notebook),
    ...soundness(archive),
    ...differences(notes, await shownPages(url)).map((difference) => `pages: ${difference}`),
    ...differences(notes, notesOf(archive)).map((difference) => `copies: ${difference}`),
  ];
}

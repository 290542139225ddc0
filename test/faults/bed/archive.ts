import { differences, notesOf, readLog, soundness, type Notes } from './audit';
import { ask } from './database';
import { until } from './until';

/** What the archive's view shows. */
export async function shownPages(url: string): Promise<Notes> {
  const rows = await ask<{ note: string; lines: number[] }>(url, 'SELECT note, lines FROM archive.page');
  return new Map(rows.map(({ note, lines }) => [note.slice('note:'.length), lines]));
}

const BEHIND = `
  SELECT c.consumer, c.lane FROM archive.checkpoint c JOIN notebook.lane l USING (lane)
  WHERE c.consumer IN ('pages', 'copy-lines') AND c.position < l.last_position`;
const UNDEFINED_TABLE = '42P01';

/** Waits until view and process of the archive have everything that the notebook's log has. */
export function untilArchived(url: string, timeoutMs: number): Promise<void> {
  const isArchived = async (): Promise<boolean> => {
    try {
      return (await ask(url, BEHIND)).length === 0;
    } catch (error) {
      if ((error as { code?: string }).code === UNDEFINED_TABLE) return false;
      throw error;
    }
  };
  return until(isArchived, 'the archive to catch up', timeoutMs);
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

import { DataFolder } from '../local/data-folder';

const DEFAULT_DATA_DIR = '.retail';
const DEFAULT_URL = 'http://127.0.0.1:3000';

/** Where the system is: as told, or as the last `retail start` in this folder wrote down. */
export async function systemUrl(told: string | undefined): Promise<string> {
  return told ?? process.env['RETAIL_URL'] ?? (await new DataFolder(DEFAULT_DATA_DIR).whereabouts())?.url ?? DEFAULT_URL;
}

import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const chromiumPath = [process.env['CHROMIUM_PATH'] ?? '', ...PLACES].find((path) => path !== '' && existsSync(path));

/** Suites that need Chromium: skipped aloud without it, except where `CI=true` makes that a failure. */
export const describeWithBrowser: (name: string, suite: () => void) => void = (name, suite) => {
  if (chromiumPath) return describe(name, suite);
  if (process.env['CI'] === 'true') throw new Error('No Chromium: install it, or name it in CHROMIUM_PATH.');
  describe.skip(`${name} (skipped: no Chromium)`, suite);
};

/** A real browser. It needs no sandbox for our own page, which is all that it is shown. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

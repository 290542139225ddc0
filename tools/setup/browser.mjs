import { existsSync } from 'node:fs';
import { answersTo, say, succeeds } from './shell.mjs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A browser for the tests that look at the page: Debian's, where it is missing and we may install it. */
export function installBrowser() {
  const isHere = [process.env.CHROMIUM_PATH ?? '', ...PLACES].some((path) => path !== '' && existsSync(path));
  if (isHere || process.getuid?.() !== 0 || !answersTo('apt-get', '--version')) return;
  say('Installing Chromium for the tests of the page (apt-get) …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () => succeeds('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
  if (install()) return;
  if (!succeeds('apt-get', ['update', '-qq'], { env }) || !install()) say('Chromium could not be installed.');
}

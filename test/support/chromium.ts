import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Of Debian's package, and on GitHub's runners. */
const EXECUTABLE = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);

/** Returns whether Chromium is installed. Throws in CI if it is not. */
export function hasChromium(): boolean {
  if (EXECUTABLE !== undefined) return true;
  if (process.env.CI) throw new Error('CI must have a Chromium: apt-get install chromium');
  process.stderr.write(
    '\n!!! NO CHROMIUM on this machine: its tests are SKIPPED (apt-get install chromium) !!!\n\n',
  );
  return false;
}

/** Starts a headless Chromium. Its sandbox does not work as root, and the pages here are our own. */
export const startChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox'] });

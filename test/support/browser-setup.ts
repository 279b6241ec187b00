import { buildBrowser } from '../../scripts/build-browser.ts';

/** The server imports what this builds: the views and the script of the connect page. */
export async function setup(): Promise<void> {
  await buildBrowser();
}

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { UI_RESOURCES } from '../src/tools/definition/ui-resources.ts';

/**
 * Bundles what browsers run into dist/browser.json, which the server imports: the script of the connect page, and script and
 * style of each view. Run before anything that starts the server from its sources; `npm run build` puts the result into the bundle.
 */

const ROOT = join(import.meta.dirname, '..');

interface Bundle {
  script: string;
  style: string;
}

/** Returns the files that went into the bundles. */
export async function buildBrowser(): Promise<string[]> {
  const entryPoints = {
    connect: 'src/http/connect-page/browser/main.ts',
    ...Object.fromEntries(UI_RESOURCES.map(name => [name, `src/views/${name}/main.tsx`])),
  };
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints,
    outdir: 'dist',
    write: false,
    bundle: true,
    minify: true,
    format: 'iife',
    target: ['es2022', 'safari16.4'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  const bundleOf = (name: string): Bundle => {
    const textOf = (extension: string) =>
      outputFiles.find(({ path }) => path === join(ROOT, 'dist', `${name}.${extension}`))?.text.trim() ?? '';
    return { script: textOf('js'), style: textOf('css') };
  };
  const bundles = Object.fromEntries(Object.keys(entryPoints).map(name => [name, bundleOf(name)]));
  await writeIfChanged(join(ROOT, 'dist', 'browser.json'), JSON.stringify(bundles));
  return Object.keys(metafile.inputs);
}

/** Leaves an equal file alone: it may be in use. */
async function writeIfChanged(file: string, text: string): Promise<void> {
  const before = await readFile(file, 'utf8').catch(() => undefined);
  if (before === text) return;
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, text);
}

if (import.meta.main) await buildBrowser();

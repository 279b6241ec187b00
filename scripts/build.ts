import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildBrowser } from './build-browser.ts';

/**
 * Bundles the server and the packages it uses into dist/: a few files start sooner than seven hundred, and the image
 * needs no node_modules. Dynamic imports stay files of their own. Not minified, so that stack traces are readable.
 * Another folder may be given as an argument; a package.json must be beside it.
 */
const [, , folder = 'dist'] = process.argv;

await rm(folder, { recursive: true, force: true });
const browserInputs = await buildBrowser();
const { metafile } = await build({
  entryPoints: ['src/main.js', 'src/token.ts', 'src/doctor.ts'],
  outdir: folder,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  // CommonJS packages need `require` for Node's own modules.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
  },
  metafile: true,
  logLevel: 'warning',
});
await writeFile(
  join(folder, 'LICENSES.txt'),
  await licensesOf([...Object.keys(metafile.inputs), ...browserInputs]),
);

/** The licenses require that their text is distributed with the packages. */
async function licensesOf(files: string[]): Promise<string> {
  const packages = new Set(files.flatMap(file => /.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  const texts: string[] = [];
  for (const directory of [...packages].sort()) {
    const { name, version, license } = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
    const files = (await readdir(directory)).filter(file => /^(licen[sc]e|notice)/i.test(file));
    const contents = await Promise.all(files.map(file => readFile(join(directory, file), 'utf8')));
    texts.push([`${name} ${version}: ${license}`, ...contents].join('\n\n'));
  }
  return texts.join('\n\n---\n\n');
}

import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';

/**
 * Makes dist/ of the server and of what it uses of node_modules: a few files start sooner than seven hundred, and the
 * image needs no node_modules. What src/ imports when it is needed stays a file of its own. Not minified, so that a stack
 * trace can be read. `npm run build`; another folder can be named, beside which a package.json must be.
 */
const [, , folder = 'dist'] = process.argv;

await rm(folder, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ['src/main.ts'],
  outdir: folder,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  // Packages that are CommonJS require what Node brings.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
  },
  metafile: true,
  logLevel: 'warning',
});
await writeFile(join(folder, 'LICENSES.txt'), await licensesOf(metafile));

/** The licenses of the packages that went in: they ask to be passed on. */
async function licensesOf({ inputs }: Metafile): Promise<string> {
  const packages = new Set(
    Object.keys(inputs).flatMap(file => /.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  const texts: string[] = [];
  for (const directory of [...packages].sort()) {
    const { name, version, license } = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
    const files = (await readdir(directory)).filter(file => /^(licen[sc]e|notice)/i.test(file));
    const contents = await Promise.all(files.map(file => readFile(join(directory, file), 'utf8')));
    texts.push([`${name} ${version}: ${license}`, ...contents].join('\n\n'));
  }
  return texts.join('\n\n---\n\n');
}

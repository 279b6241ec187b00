import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Installed packages and their install scripts: a person must review changes. */

interface Locked {
  version: string;
  resolved?: string;
  integrity?: string;
  hasInstallScript?: boolean;
  dev?: boolean;
}

const read = (file: string) => JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'));
const { allowScripts } = read('package.json') as { allowScripts: Record<string, boolean> };
const packages = Object.entries(read('package-lock.json').packages as Record<string, Locked>).filter(
  ([path]) => path !== '',
);
const withScripts = packages.filter(([, { hasInstallScript }]) => hasInstallScript);
const nameOf = (path: string) => path.replace(/^.*node_modules\//, '');

test('package.json decides about every package with an install script', () => {
  const known = new Set(withScripts.map(([path]) => nameOf(path)));
  for (const name of known) expect(allowScripts, 'decide in allowScripts').toHaveProperty([name]);
  expect(Object.keys(allowScripts).filter(name => allowScripts[name])).toEqual(['node']);
});

test('no production dependency may run an install script', () => {
  const inProduction = withScripts.filter(([path, { dev }]) => !dev && allowScripts[nameOf(path)] !== false);
  expect(inProduction.map(([path]) => path)).toEqual([]);
});

test('every package comes from the registry and has a hash', () => {
  for (const [path, { resolved, integrity }] of packages) {
    // Without a URL, npm uses the configured registry.
    expect(resolved ?? 'https://registry.npmjs.org/', path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
    expect(integrity, path).toMatch(/^sha512-/);
  }
});

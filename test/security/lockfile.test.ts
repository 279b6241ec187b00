import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What an install brings and runs: a change here is looked at by a person. */

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

test('packages with install scripts are those that package.json names, allowed or not', () => {
  const known = new Set(withScripts.map(([path]) => nameOf(path)));
  for (const name of known) expect(allowScripts, 'decide in allowScripts').toHaveProperty([name]);
  expect(Object.keys(allowScripts).filter(name => allowScripts[name])).toEqual(['node']);
});

test('none of what runs in production has one that is allowed', () => {
  const inProduction = withScripts.filter(([path, { dev }]) => !dev && allowScripts[nameOf(path)] !== false);
  expect(inProduction.map(([path]) => path)).toEqual([]);
});

test('no package comes from elsewhere than a registry, and each is held to its hash', () => {
  for (const [path, { resolved, integrity }] of packages) {
    // Without an address it is the registry of whoever installs.
    expect(resolved ?? 'https://registry.npmjs.org/', path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
    expect(integrity, path).toMatch(/^sha512-/);
  }
});

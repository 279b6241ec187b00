import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { REGISTRY_SCHEMA } from './registry-schema.ts';

const read = (file: string) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8');

describe('server.json', () => {
  const entry = JSON.parse(read('server.json'));
  const [remote] = entry.remotes;
  const [image] = entry.packages;
  const fits = new Ajv({ allErrors: true }).compile(REGISTRY_SCHEMA);

  test('fits the schema of the MCP registry', () => {
    expect(fits(entry) ? [] : fits.errors).toEqual([]);
  });

  test.each([
    ['a description that the registry would refuse as too long', { description: 'x'.repeat(101) }],
    ['a name without a namespace', { name: 'partoo-mcp' }],
    ['a range of versions', { version: '^0.1.0' }],
    ['a misspelt name', { remote: entry.remotes }],
    ['a URL that is no template of one', { remotes: [{ ...remote, url: '{host}/mcp' }] }],
    ['an image without a version', { packages: [{ ...image, identifier: 'ghcr.io/owner/partoo-mcp' }] }],
  ])('would not fit with %s', (_, change) => {
    expect(fits({ ...entry, ...change })).toBe(false);
  });

  test('has the version of package.json, and so has the image', () => {
    expect(entry.version).toBe(packageJson.version);
    expect(image.identifier.split(':').at(-1)).toBe(`v${packageJson.version}`);
  });

  test('names every variable of its URL, and marks every credential as a secret without a value', () => {
    const variables = [...remote.url.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(remote.variables)).toEqual(variables);
    for (const header of [...remote.headers, ...image.transport.headers]) {
      expect(header).toMatchObject({ name: 'x-APIKey', isSecret: true });
      expect(header).not.toHaveProperty('value');
    }
  });

  test('names the image as the release does, whose label proves the owner to the registry', () => {
    const release = read('.github/workflows/release.yml');
    expect(release).toContain('images: ghcr.io/${{ github.repository }}');
    expect(release).toContain('io.modelcontextprotocol.server.name=io.github.${{ github.repository }}');
    expect(entry.name).toBe('io.github.OWNER/partoo-mcp');
    expect(image.identifier).toMatch(/^ghcr\.io\/owner\/partoo-mcp:/);
  });
});

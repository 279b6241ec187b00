import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * One way through the house: a file imports from its own stage or one further down the road, never back.
 * Circles are forbidden by the linter (noImportCycles).
 */
const ROAD = ['main', 'http', 'access', 'mcp', 'tools', 'partoo', 'limits', 'core'];

/** Stands beside the road: it sees all of it, and only the process that lets it look on knows of it. */
const WATCHES = 'observability';

/** Which stages may use a library that must not spread. */
const KEPT_IN: Record<string, string[]> = {
  fastify: ['http', 'sandbox'],
  '@modelcontextprotocol/server': ['http', 'mcp'],
  '@modelcontextprotocol/node': ['http'],
  ioredis: ['limits'],
  undici: ['partoo'],
  'prom-client': ['observability'],
  '@opentelemetry/api': ['observability'],
  '@opentelemetry/sdk-trace-node': ['observability'],
};

const src = join(import.meta.dirname, '../../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'));

function importsOf(file: string): { from: string; typeOnly: boolean }[] {
  const code = readFileSync(join(src, file), 'utf8');
  return [...code.matchAll(/^(?:import|export)\s(type\s)?[^;]*?from '([^']+)'/gm)].map(([, type, from]) => ({
    from: from as string,
    typeOnly: type !== undefined,
  }));
}

/** Files at the top of src/ are the process itself: the first stage. */
const stageOf = (file: string) => (file.includes('/') ? (file.split('/')[0] as string) : 'main');

describe('the road main → http → access → mcp → tools → partoo → limits → core', () => {
  test.each(files)('%s imports nothing from behind it', file => {
    const stage = stageOf(file);
    for (const { from } of importsOf(file).filter(({ from }) => from.startsWith('.'))) {
      const target = stageOf(relative(src, join(src, dirname(file), from)));
      if (stage === WATCHES) continue;
      if (target === WATCHES) expect(stage, `${file} → ${from}`).toBe('main');
      else if (stage === 'sandbox') expect(target, `${file} → ${from}`).toBe('sandbox');
      else if (target === 'sandbox') expect(stage, `${file} → ${from}`).toBe('main');
      else expect(ROAD.indexOf(target), `${file} → ${from}`).toBeGreaterThanOrEqual(ROAD.indexOf(stage));
    }
  });

  test.each(Object.entries(KEPT_IN))('%s stays where it belongs', (library, stages) => {
    const users = files.filter(file =>
      importsOf(file).some(({ from, typeOnly }) => from === library && !typeOnly),
    );
    expect(users.length).toBeGreaterThan(0);
    expect(users.filter(file => !stages.includes(stageOf(file)))).toEqual([]);
  });

  test('a path that carries a value has a template beside it, for metrics and traces, which must not see values', () => {
    for (const file of files.filter(file => file.startsWith('partoo/') && file !== 'partoo/path.ts')) {
      const code = readFileSync(join(src, file), 'utf8');
      const requests = code.match(/\bpath`[^`]*`.*/g) ?? [];
      expect(requests.filter(request => !/^path`[^`]*`, template: /.test(request))).toEqual([]);
    }
  });

  test('the SDK for traces is loaded when there are traces, and not before', () => {
    const users = files.filter(file =>
      importsOf(file).some(({ from }) => from.startsWith('@opentelemetry/')),
    );
    expect(users.toSorted()).toEqual(['observability/export.ts', 'observability/spans.ts']);
    const importers = files.filter(file =>
      importsOf(file).some(({ from, typeOnly }) => /\/(export|spans)\.ts$/.test(from) && !typeOnly),
    );
    expect(importers).toEqual([]);
  });

  test('only config.ts reads the environment', () => {
    const readers = files.filter(file => readFileSync(join(src, file), 'utf8').includes('process.env'));
    expect(readers).toEqual(['config.ts']);
  });
});

test('one place names what is in Redis: a key that another file spelt out would be shared by all environments', () => {
  const spellers = files.filter(file => readFileSync(join(src, file), 'utf8').includes('partoo-mcp:'));
  expect(spellers).toEqual(['stores.ts']);
});

describe('a tool is where its name says', async () => {
  const { tools, toolsets } = await import('../../src/tools/index.ts');
  const dashed = (name: string) => name.replaceAll('_', '-');

  test.each(tools.map(({ name }) => name))('%s', name => {
    const file = files.filter(file => file.endsWith(`/${dashed(name)}.ts`));
    expect(file).toHaveLength(1);
    const code = readFileSync(join(src, file[0] as string), 'utf8');
    const camel = name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    expect(code).toContain(`export const ${camel} = defineTool({`);
    expect(code, 'tools never catch').not.toMatch(/\bcatch\b/);
    const test = join(src, '../test', (file[0] as string).replace(/\.ts$/, '.test.ts'));
    expect(readFileSync(test, 'utf8')).toContain(`testTool('${name}'`);
  });

  test.each(Object.entries(toolsets))('the toolset %s is the folder of that name', (toolset, members) => {
    const folder = files.filter(file => file.startsWith(`tools/${toolset}/`));
    for (const { name } of members) expect(folder).toContain(`tools/${toolset}/${dashed(name)}.ts`);
  });

  test('a tool that writes says how to find out whether it happened', () => {
    for (const { name, effect, write } of tools) {
      if (effect !== 'reads') expect(write?.ifUnknown, name).toMatch(/\S/);
    }
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * The layers of src/, top to bottom. A file imports from its own layer or from one further down.
 * structure.test.ts forbids import cycles.
 */
const LAYERS = [
  ['main'],
  ['doctor'],
  ['http'],
  ['oauth'],
  ['config'],
  ['mcp'],
  ['tools'],
  ['partoo'],
  ['rate-limit', 'idempotency'],
  ['storage'],
  ['core'],
];

/** Called through hooks, and known only to app.ts; it may import from every layer. */
const OBSERVABILITY = 'observability';
const EMULATOR = 'partoo-emulator';
/** Run in browsers: scripts/build-browser.ts makes one page of each. */
const VIEWS = 'views';
/** Numbers without code, for the view to check what the server checks. */
const SHARED_WITH_VIEWS = ['tools/posts/post-limits.ts'];

/** The folders that may use a library. */
const KEPT_IN: Record<string, string[]> = {
  fastify: ['http', EMULATOR],
  '@modelcontextprotocol/server': ['http', 'mcp'],
  '@modelcontextprotocol/node': ['mcp'],
  ioredis: ['storage', 'rate-limit'],
  undici: ['partoo', 'oauth'],
  'oidc-provider': ['oauth'],
  'openid-client': ['oauth'],
  jose: ['oauth'],
  'ipaddr.js': ['oauth'],
  preact: [VIEWS],
  uplot: [VIEWS],
  'prom-client': ['observability'],
  '@opentelemetry/api': ['observability'],
  '@opentelemetry/sdk-trace-node': ['observability'],
};

const src = join(import.meta.dirname, '../../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(file => /\.tsx?$/.test(file));

function importsOf(file: string): { from: string; typeOnly: boolean }[] {
  const code = readFileSync(join(src, file), 'utf8');
  return [...code.matchAll(/^(?:import|export)\s(type\s)?[^;]*?from '([^']+)'/gm)].map(([, type, from]) => ({
    from: from as string,
    typeOnly: type !== undefined,
  }));
}

/** The folder of src/ that holds a file; files at the top of src/ are the process itself. */
const folderOf = (file: string) => (file.includes('/') ? (file.split('/')[0] as string) : 'main');

const layerOf = (folder: string) => LAYERS.findIndex(folders => folders.includes(folder));

describe('layers', () => {
  test.each(files.filter(file => folderOf(file) !== VIEWS))(
    '%s imports only from its own layer or one further down',
    file => {
      const folder = folderOf(file);
      for (const { from } of importsOf(file).filter(({ from }) => from.startsWith('.'))) {
        const path = relative(src, join(src, dirname(file), from));
        const target = folderOf(path);
        if (target === folder || path === '../package.json' || path === '../dist/browser.json') continue;
        const arrow = `${file} → ${from}`;
        if (target === OBSERVABILITY || target === EMULATOR) expect(folder, arrow).toBe('main');
        else if (folder === EMULATOR) expect(target, arrow).toBe(EMULATOR);
        else if (folder !== OBSERVABILITY)
          expect(layerOf(target), arrow).toBeGreaterThanOrEqual(layerOf(folder));
      }
    },
  );

  test.each(files.filter(file => folderOf(file) === VIEWS))(
    '%s imports only from its view and the kit',
    file => {
      const [, view] = file.split('/');
      for (const { from } of importsOf(file).filter(({ from }) => from.startsWith('.'))) {
        const path = relative(src, join(src, dirname(file), from));
        const [folder, target] = path.split('/');
        if (SHARED_WITH_VIEWS.includes(path)) continue;
        expect(folder, from).toBe(VIEWS);
        expect([view, 'kit'], from).toContain(target);
      }
    },
  );

  test.each(Object.entries(KEPT_IN))('%s is used only where it belongs', (library, folders) => {
    const users = files.filter(file =>
      importsOf(file).some(({ from, typeOnly }) => from === library && !typeOnly),
    );
    expect(users.length).toBeGreaterThan(0);
    expect(users.filter(file => !folders.includes(folderOf(file)))).toEqual([]);
  });

  test('a path that carries a value has a template beside it, for metrics and traces, which must not see values', () => {
    for (const file of files.filter(
      file => file.startsWith('partoo/') && file !== 'partoo/requests/path.ts',
    )) {
      const code = readFileSync(join(src, file), 'utf8');
      const requests = code.match(/\bpath`[^`]*`.*/g) ?? [];
      expect(requests.filter(request => !/^path`[^`]*`, template: /.test(request))).toEqual([]);
    }
  });

  test('the SDK for traces is loaded when there are traces, and not before', () => {
    const users = files.filter(file =>
      importsOf(file).some(({ from }) => from.startsWith('@opentelemetry/')),
    );
    expect(users.toSorted()).toEqual(['observability/spans.ts', 'observability/traces.ts']);
    const importers = files.filter(file =>
      importsOf(file).some(({ from, typeOnly }) => /\/(traces|spans)\.ts$/.test(from) && !typeOnly),
    );
    expect(importers, 'by a static import').toEqual(['observability/traces.ts']);
  });

  test('only config.ts reads the environment', () => {
    const readers = files.filter(file => readFileSync(join(src, file), 'utf8').includes('process.env'));
    expect(readers).toEqual(['config/config.ts']);
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
    for (const { name, effect, write, job } of tools) {
      // The next run of a job finds out.
      if (effect !== 'reads' && !job) expect(write?.recoveryHint, name).toMatch(/\S/);
    }
  });
});

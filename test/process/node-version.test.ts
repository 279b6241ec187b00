import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

/** The first Node.js outside node_modules that is too old for this server, such as a distribution's. */
function findOldNode(): string | undefined {
  return ['/usr/bin/node', '/usr/local/bin/node'].find(node => {
    try {
      const [major = 0, minor = 0] = execFileSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' })
        .split('.')
        .map(Number);
      return major < 22 || (major === 22 && minor < 19);
    } catch {
      return false;
    }
  });
}

const oldNode = findOldNode();
const SENTENCE = /^partoo-mcp needs Node\.js 22\.19 or newer and this is v[\d.]+: .*`npm ci`.*\.\n$/;

describe.skipIf(!oldNode)('on an outdated Node.js', () => {
  test.each([
    ['the server', 'src/main.js'],
    ['a script', ...packageJson.scripts.tokens.split(' ').slice(1)],
    ['a benchmark', ...packageJson.scripts.bench.split(' ').slice(1)],
    ['vitest', 'node_modules/vitest/vitest.mjs', 'run', 'test/core'],
  ])('%s prints only which version it needs', (_what, ...args) => {
    const { status, stderr } = spawnSync(oldNode as string, args, { encoding: 'utf8' });
    expect(stderr).toMatch(SENTENCE);
    expect(status).toBe(1);
  });

  test.each(['demo', 'dev', 'start', 'test'])(
    '`npm run %s` before `npm ci` prints only which version it needs',
    script => {
      const clone = mkdtempSync(join(tmpdir(), 'partoo-mcp-clone-'));
      for (const file of ['package.json', 'src/node-version.cjs']) cpSync(file, join(clone, file));
      const path = `${join(oldNode as string, '..')}:/usr/bin:/bin`;
      const options = { cwd: clone, encoding: 'utf8', env: { PATH: path, HOME: clone } } as const;
      const { status, stderr } = spawnSync('npm', ['run', '--silent', script], options);
      expect(stderr).toMatch(SENTENCE);
      expect(status).toBe(1);
    },
  );
});

test('every npm script that runs Node.js checks its version first', () => {
  const scripts: Record<string, string> = packageJson.scripts;
  const unchecked = Object.entries(scripts).filter(
    ([name, command]) =>
      command.startsWith('node ') && !command.includes('src/node-version.cjs') && !(`pre${name}` in scripts),
  );
  expect(unchecked).toEqual([]);
  for (const config of ['vitest.config.ts', 'vitest.slow.config.ts', 'vitest.prometheus.config.ts']) {
    expect(readFileSync(config, 'utf8'), config).toMatch(/^import '\.\/src\/node-version\.cjs';/);
  }
});

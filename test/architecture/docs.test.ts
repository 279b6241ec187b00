import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SETTING_NAMES } from '../../src/config/settings.ts';
import { ERROR_CODES } from '../../src/mcp/responses/error-advice.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const find = (...patterns: string[]) => globSync(patterns, { cwd: root });

const records = find('docs/decisions/*.md');
/** Without the generated list of tools: it quotes Partoo's placeholders, which look like links. */
const pages = find('*.md', 'docs/*.md', 'docs/decisions/*.md', 'test/**/*.md').filter(
  file => file !== 'docs/tools.md',
);

/** Returns a heading's anchor as GitHub makes it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
const anchorsOf = (file: string) =>
  [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));
const withoutCode = (file: string) => read(file).replaceAll(/^```[\s\S]*?^```$/gm, '');
const codeIn = (file: string) => [...withoutCode(file).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

describe('decision records', () => {
  test('are numbered from 1 without gaps or duplicates', () => {
    const numbers = records.map(file => Number(basename(file).slice(0, 4))).sort((a, b) => a - b);
    expect(numbers).toEqual(records.map((_, index) => index + 1));
  });

  test.each(records)('%s has its number in its title, a context, a decision and a cost', file => {
    expect(read(file)).toMatch(new RegExp(`^# ${Number(basename(file).slice(0, 4))}\\. `));
    for (const part of ['Context', 'Decision', 'What it costs us']) expect(read(file)).toContain(`**${part}`);
  });
});

describe.each(pages)('%s', file => {
  test('has no broken link to a file or heading', () => {
    const links = [...read(file).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
    const broken = links.filter(([, path = '', anchor]) => {
      const target = path === '' ? file : join(dirname(file), path);
      return !existsSync(join(root, target)) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  });

  test('names no path of this repository that does not exist', () => {
    const paths = codeIn(file).filter(code =>
      /^(src|test|bench|scripts|docs|deploy|\.ci|\.github)\/[^\s<*]*$/.test(code),
    );
    expect(paths.filter(path => !existsSync(join(root, path)))).toEqual([]);
  });

  test('names no npm script that does not exist', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const named = [...read(file).matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter(name => !(name in scripts))).toEqual([]);
  });
});

describe('docs/troubleshooting.md', () => {
  const page = 'docs/troubleshooting.md';

  test('explains every error code, and no other', () => {
    const section = read(page).split('## Tool errors')[1]?.split('\n## ')[0] ?? '';
    const rows = section.split('\n').filter(line => line.startsWith('| `'));
    const codes = rows.flatMap(row =>
      [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, code]) => code),
    );
    expect(codes.toSorted()).toEqual(ERROR_CODES.toSorted());
  });

  test('quotes messages as the server writes them', () => {
    const source = find('src/**/*.ts').map(read).join('\n');
    const firstCells = read(page)
      .split('\n')
      .flatMap(line => /^\| ([^|]+) \|/.exec(line)?.[1] ?? []);
    const quotes = firstCells.flatMap(cell =>
      [...cell.matchAll(/[`"]([^`"]* [^`"]*)[`"]/g)].map(([, quote = '']) => quote),
    );
    // Values stand for "…".
    const parts = quotes
      .flatMap(quote => quote.split('…').map(part => part.trim()))
      .filter(part => part.includes(' '));
    const flat = source.replaceAll(/' \+\s+'|\s+/g, match => (match.includes('+') ? '' : ' '));
    expect(parts.length).toBeGreaterThan(5);
    expect(parts.filter(part => !flat.includes(part))).toEqual([]);
  });
});

test('no sentence appears twice in the documentation', () => {
  const generated = ['docs/configuration.md', 'docs/tokens.md'];
  const sentences = pages
    .filter(file => !generated.includes(file))
    .flatMap(file =>
      withoutCode(file)
        .replaceAll(/^<!-- npm[\s\S]*?<!-- \/.*$/gm, '')
        .split(/[.:;?!](?:\s|$)|\n\n|\n- |\|/)
        .map(sentence => sentence.replaceAll(/\s+/g, ' ').trim())
        .filter(sentence => sentence.split(' ').length >= 8),
    );
  expect(sentences.filter((sentence, i) => sentences.indexOf(sentence) !== i)).toEqual([]);
});

test('no page names a setting that does not exist', () => {
  const prefixes =
    /^(PARTOO|REDIS|RATE|KEY|MAX|REQUEST|REPLICAS|WRITE|RESULT|BAD|TOOL|UPSTREAM|DRAIN|ALLOW|READ|METRICS|TRUST|CLIENT)_/;
  const others = new Set(['PARTOO_API_KEY', 'READ_CACHE_SECONDS']);
  const unknown = pages.flatMap(file =>
    codeIn(file)
      .map(code => code.split('=')[0] ?? '')
      .filter(name => /^[A-Z_]+$/.test(name) && prefixes.test(name))
      .filter(name => !SETTING_NAMES.includes(name) && !others.has(name)),
  );
  expect(unknown).toEqual([]);
});

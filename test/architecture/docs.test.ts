import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const records = globSync('docs/decisions/*.md', { cwd: root });
/** Without the generated list of tools: it quotes Partoo's placeholders, which look like links. */
const pages = globSync(['*.md', 'docs/*.md', 'docs/decisions/*.md', 'test/**/*.md'], { cwd: root }).filter(
  file => file !== 'docs/tools.md',
);

/** A heading's anchor, as GitHub makes it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
const anchorsOf = (file: string) =>
  [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));

describe('decision records', () => {
  test('are numbered from 1, each with a number of its own', () => {
    const numbers = records.map(file => Number(basename(file).slice(0, 4))).sort((a, b) => a - b);
    expect(numbers).toEqual(records.map((_, index) => index + 1));
  });

  test.each(records)('%s has its number in its title', file => {
    expect(read(file)).toMatch(new RegExp(`^# ${Number(basename(file).slice(0, 4))}\\. `));
  });
});

test.each(pages)('each link of %s leads to a file and heading of this repository', file => {
  const links = [...read(file).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
  const broken = links.filter(([, path = '', anchor]) => {
    const target = path === '' ? file : join(dirname(file), path);
    return !existsSync(join(root, target)) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
  });
  expect(broken.map(([link]) => link)).toEqual([]);
});

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Openings that make a reader start over: relative clauses as subjects, passives without an agent, "answers" for "returns". */
const STILTED =
  /^(?:Who|Whoever|Whose|Told|Answers|What (?!if\b)[^?.:]{1,40}? (?:is|are|was|were|has|have|does|(?<!to )do)\b)/;

/** Matches a comment's first line: `//` that continues no other, or a block comment. */
const COMMENT_START = /^[ \t]*(?:\/\/|\/\*\*?(?:\s*\n[ \t]*\*)?)[ \t]*(\S.*)/;

function commentsIn(code: string): string[] {
  const lines = code.split('\n');
  return lines.flatMap((line, index) => {
    const continues = /^\s*\/\//.test(line) && /^\s*\/\//.test(lines[index - 1] ?? '');
    const [, text] = (continues ? null : COMMENT_START.exec(`${line}\n${lines[index + 1] ?? ''}`)) ?? [];
    return text === undefined ? [] : [text];
  });
}

test('no comment opens with a phrase that has to be read twice', () => {
  const files = globSync(['src/**/*.{ts,tsx}', 'test/**/*.ts', 'scripts/**/*.ts', 'bench/*/*.ts'], {
    cwd: root,
  });
  expect(files.length).toBeGreaterThan(100);
  const stilted = files.flatMap(file =>
    commentsIn(readFileSync(join(root, file), 'utf8'))
      .filter(comment => STILTED.test(comment))
      .map(comment => `${file}: ${comment}`),
  );
  expect(stilted).toEqual([]);
});

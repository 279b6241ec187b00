import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const files = globSync(
  ['src/**/*.{ts,tsx}', 'test/**/*.ts', 'scripts/**/*.ts', 'bench/!(baselines)/**/*.ts'],
  {
    cwd: root,
  },
);

/** Every import of a repository file, type-only ones included: a reader has to follow those too. */
const imports = files.flatMap(file =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/\b(?:from|import)\s*\(?'(\.{1,2}\/[^']+)'/g)].map(
    ([, path = '']) => ({ from: file, to: join(dirname(file), path) }),
  ),
);

/** Returns the names that lie on a cycle, each cycle as a sorted list. */
function cyclesIn(edges: { from: string; to: string }[]): string[][] {
  const targets = new Map<string, Set<string>>();
  for (const { from, to } of edges) {
    if (from !== to) targets.set(from, (targets.get(from) ?? new Set()).add(to));
  }
  const reachable = new Map([...targets.keys()].map(name => [name, reach(name, targets)]));
  const onCycle = [...reachable].filter(([name, reached]) => reached.has(name));
  const groups = Map.groupBy(onCycle, ([, reached]) =>
    [...reached]
      .filter(name => reachable.get(name)?.has(name))
      .toSorted()
      .join(),
  );
  return [...groups.values()].map(group => group.map(([name]) => name).toSorted());
}

function reach(start: string, targets: Map<string, Set<string>>): Set<string> {
  const reached = new Set<string>();
  const open = [...(targets.get(start) ?? [])];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    open.push(...(targets.get(name) ?? []));
  }
  return reached;
}

describe('structure', () => {
  test('no file imports itself by way of others', () => {
    expect(cyclesIn(imports)).toEqual([]);
  });

  test('no folder of src imports itself by way of other folders', () => {
    const folders = imports
      .filter(({ from }) => from.startsWith('src/'))
      .map(({ from, to }) => ({ from: dirname(from), to: dirname(to) }));
    expect(cyclesIn(folders)).toEqual([]);
  });

  test('no folder of src holds more than 12 files', () => {
    const folders = Map.groupBy(
      files.filter(file => file.startsWith('src/')),
      file => dirname(file),
    );
    const crowded = [...folders].filter(([, members]) => members.length > 12).map(([folder]) => folder);
    expect(crowded).toEqual([]);
  });
});

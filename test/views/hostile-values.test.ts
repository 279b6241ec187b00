import { expect, test } from 'vitest';
import type { Column } from '../../src/views/figures/data/columns.ts';
import type { Row } from '../../src/views/figures/data/dataset.ts';
import { toCsv } from '../../src/views/figures/export/csv.ts';
import { dayIn as dayOfFigure } from '../../src/views/figures/periods/periods.ts';
import { dayIn } from '../../src/views/posts/rows/dates.ts';

const column = {
  id: 'name',
  label: 'Name',
  isNumber: false,
  cell: ({ category }: Row) => category.label,
  key: ({ category }: Row) => category.label,
  raw: ({ category }: Row) => category.label,
} satisfies Column;

test.each([
  ['Bakery;=HYPERLINK("https://evil.example")', `"Bakery;'=HYPERLINK(""https://evil.example"")"`],
  ['Bakery;"=1+1";', `"Bakery;'""=1+1"";"`],
  ['Bakery\n=1+1', `"Bakery\n'=1+1"`],
  ['＝1+1', "'＝1+1"],
  [' =1+1', "' =1+1"],
  ['=1+1', "'=1+1"],
  ['Salt & Pepper - Lyon', 'Salt & Pepper - Lyon'],
])('a file has no formula from the name %j, whatever separates cells in a spreadsheet', (name, cell) => {
  const row: Row = { category: { id: '1', label: name, detail: '' }, values: {} };
  expect(toCsv([column], [row]).split('\r\n')[1]).toBe(cell);
});

test('dates that stand for "never" have no place in a calendar or on an axis', () => {
  const toDay = dayIn('Europe/Paris');
  for (const never of ['9999-12-31', '9999-12-31T23:59:59', '0000-01-01', '0001-01-01']) {
    expect(toDay(never)).toBeUndefined();
    expect(dayOfFigure(never)).toBeUndefined();
  }
  expect(toDay('2026-06-15T23:30:00')).toBe('2026-06-16');
  expect(toDay('2026-06-15')).toBe('2026-06-15');
});

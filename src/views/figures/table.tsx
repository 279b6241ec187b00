import { useMemo, useState } from 'preact/hooks';
import type { Formats } from '../kit/locale.ts';
import { columnsOf } from './data/columns.ts';
import type { Dataset, Row } from './data/dataset.ts';
import type { PeriodNames } from './words/period-names.ts';
import type { FigureTexts } from './words/texts.ts';

interface Props {
  dataset: Dataset;
  names: PeriodNames | undefined;
  formats: Formats;
  texts: FigureTexts;
}

/** More rows at once take a phone long. */
const AT_FIRST = 200;

/** Every row of the result, and for one series also the periods without a row. */
export function FiguresTable({ dataset, names, formats, texts }: Props) {
  const [sort, setSort] = useState({ column: 0, descending: false, isSet: false });
  const [showsAll, setShowsAll] = useState(false);
  const columns = useMemo(() => columnsOf(dataset, names, formats, texts), [dataset, names, formats, texts]);
  const rows = useMemo(() => {
    const all = withGaps(dataset);
    const column = columns[sort.column];
    if (!sort.isSet || !column) return all;
    const collator = new Intl.Collator(formats.locale, { numeric: true });
    const sign = sort.descending ? -1 : 1;
    return all.toSorted((a, b) => {
      const [x, y] = [column.key(a), column.key(b)];
      if (typeof x === 'number' && typeof y === 'number') return x === y ? 0 : sign * (x < y ? -1 : 1);
      return sign * collator.compare(String(x), String(y));
    });
  }, [dataset, columns, sort, formats.locale]);
  const shown = showsAll ? rows : rows.slice(0, AT_FIRST);

  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section class="scroll" tabIndex={0} aria-label={texts.table}>
        <table>
          <caption class="visually-hidden">{texts.titles[dataset.tool]}</caption>
          <thead>
            <tr>
              {columns.map(({ id, label, isNumber }, index) => {
                const isSorted = sort.isSet && sort.column === index;
                return (
                  <th
                    key={id}
                    scope="col"
                    class={isNumber ? 'number' : ''}
                    aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
                  >
                    <button
                      type="button"
                      class="sort"
                      onClick={() =>
                        setSort({
                          column: index,
                          descending: isSorted ? !sort.descending : isNumber,
                          isSet: true,
                        })
                      }
                    >
                      {label}
                      {isSorted && <span aria-hidden="true">{sort.descending ? '↓' : '↑'}</span>}
                    </button>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              <tr key={index}>
                {columns.map(({ id, cell, isNumber }, at) => {
                  const text = cell(row);
                  if (at === 0)
                    return (
                      <th scope="row" key={id}>
                        {text}
                      </th>
                    );
                  return (
                    <td key={id} class={isNumber ? 'number' : ''}>
                      {text ?? <span class="soft">–</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {shown.length < rows.length && (
        <button type="button" onClick={() => setShowsAll(true)}>
          {texts.showRows(formats.number(rows.length))}
        </button>
      )}
    </>
  );
}

/** A period without a row is one that Partoo has nothing for. */
function withGaps({ rows, periods, hasCategories, hasMore }: Dataset): Row[] {
  if (periods.length === 0 || hasCategories || hasMore) return rows;
  const rowAt = new Map(rows.map(row => [row.period, row]));
  return periods.map(period => rowAt.get(period) ?? { period, category: NO_CATEGORY, values: {} });
}

const NO_CATEGORY = { id: '', label: '', detail: '' };

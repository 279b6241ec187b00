import { useMemo, useState } from 'preact/hooks';
import { inBackground } from '../kit/background.ts';
import { ErrorMessage } from '../kit/messages.tsx';
import { SegmentedControl } from '../kit/parts/segmented-control.tsx';
import type { Values } from '../kit/values.ts';
import type { ViewProps } from '../kit/view.tsx';
import { CategoryView } from './category-view.tsx';
import { columnsOf } from './data/columns.ts';
import { readDataset } from './data/dataset.ts';
import { sourceOf } from './data/sources.ts';
import { subtitleOf } from './data/subtitle.ts';
import { useRows } from './data/use-rows.ts';
import { toCsv } from './export/csv.ts';
import { ExportButtons } from './export/export-buttons.tsx';
import { drawPicture, type Picture } from './export/picture.ts';
import { Notes, notesOf } from './notes.tsx';
import { SeriesView } from './series-view.tsx';
import { SingleView } from './single-view.tsx';
import { FiguresTable } from './table.tsx';
import { TimeView } from './time-view.tsx';
import { periodNames } from './words/period-names.ts';
import { TEXTS } from './words/texts.ts';

/** Figures as a chart, with the table behind it. */
export function Figures({ host, formats, context, tool: named, input, data }: ViewProps & { data: Values }) {
  const texts = TEXTS[formats.language];
  const tool = sourceOf(named, data);
  const { rows, hasMore, count, isLoading, error, load } = useRows(host, tool, input, data);
  const [shown, setShown] = useState<'chart' | 'table'>('chart');
  const [content, setContent] = useState<Picture['content']>();
  const dataset = useMemo(
    () => readDataset(tool, input, rows, hasMore, formats, texts),
    [tool, input, rows, hasMore, formats.language],
  );
  const { period, hasCategories } = dataset;
  const names = useMemo(
    () => (period ? periodNames(period, formats, texts) : undefined),
    [period, formats.locale],
  );
  const title = texts.titles[tool];
  const subtitle = subtitleOf(dataset, input, formats, texts);
  const notes = notesOf(dataset, names, formats, texts);
  const shownRows = texts.rowsShown(
    formats.number(rows.length),
    count === undefined ? undefined : formats.number(count),
  );

  const csv = () => toCsv(columnsOf(dataset, names, formats, texts), dataset.rows);
  const picture =
    content && shown === 'chart'
      ? () =>
          drawPicture(
            { title, subtitle, notes: hasMore ? [shownRows, ...notes] : notes, content },
            dataset,
            formats,
            texts,
          )
      : undefined;

  const props = { dataset, formats, texts, theme: context.theme, onContent: setContent };
  return (
    <main class="figures">
      <header>
        <div>
          <h1>{title}</h1>
          <p class="note">{subtitle}</p>
        </div>
        {rows.length > 0 && (
          <div class="actions">
            <SegmentedControl
              label={texts.showAs}
              options={[
                ['chart', texts.chart],
                ['table', texts.table],
              ]}
              value={shown}
              onChange={setShown}
            />
            <ExportButtons
              host={host}
              fileName={fileNameOf(title, subtitle)}
              csv={csv}
              picture={picture}
              texts={texts}
            />
          </div>
        )}
      </header>

      {rows.length === 0 && (
        <div class="message">
          <p>{texts.noRows}</p>
          {tool === 'get_review_metrics' && <p>{texts.noReviews}</p>}
        </div>
      )}
      {(hasMore || isLoading) && (
        <div class="message more" role="status">
          <p>
            {isLoading ? texts.loadingRows(formats.number(rows.length)) : shownRows}{' '}
            {hasCategories && !isLoading && texts.rankOfLoaded}
          </p>
          <button type="button" onClick={() => inBackground(load())} disabled={isLoading}>
            {texts.loadRest}
          </button>
        </div>
      )}
      {error && <ErrorMessage error={error} language={formats.language} />}

      {rows.length > 0 &&
        (shown === 'table' ? (
          <FiguresTable dataset={dataset} names={names} formats={formats} texts={texts} />
        ) : names && hasCategories ? (
          <SeriesView {...props} names={names} />
        ) : names ? (
          <TimeView {...props} names={names} />
        ) : hasCategories ? (
          <CategoryView {...props} />
        ) : (
          <SingleView {...props} />
        ))}
      <Notes notes={notes} />
    </main>
  );
}

const fileNameOf = (title: string, subtitle: string) =>
  `${title} ${subtitle}`
    .normalize('NFD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase()
    .slice(0, 80);

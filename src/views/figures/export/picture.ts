import uPlot from 'uplot';
import type { Formats } from '../../kit/locale.ts';
import { colorResolver } from '../charts/colors.ts';
import { lineData, lineOptions } from '../charts/line-options.ts';
import type { Panel } from '../charts/panels.ts';
import type { Dataset, Row } from '../data/dataset.ts';
import type { Metric } from '../data/measures.ts';
import type { PeriodNames } from '../words/period-names.ts';
import type { FigureTexts } from '../words/texts.ts';
import { drawBars, drawSingle } from './draw-bars.ts';
import { drawLegend, drawText, type Pen } from './pen.ts';

/** The content of the view, to be drawn once more as a picture. */
export interface Picture {
  title: string;
  subtitle: string;
  notes: string[];
  content:
    | { kind: 'lines'; panels: Panel[]; names: PeriodNames }
    | { kind: 'bars'; rows: Row[]; metrics: Metric[] }
    | { kind: 'single'; row: Row; metrics: Metric[] };
}

/** In pixels, at twice the size of the page's. */
export const PICTURE_WIDTH = 2_000;
const SCALE = 2;
const MARGIN = 24 * SCALE;
const PANEL_HEIGHT = 260 * SCALE;
/** Browsers limit how high a canvas can be. */
const MAX_ROWS = 150;

/** Draws a picture on the background of the theme. Returns a PNG in base64. */
export async function drawPicture(
  picture: Picture,
  dataset: Dataset,
  formats: Formats,
  texts: FigureTexts,
): Promise<string> {
  const color = colorResolver();
  const font = getComputedStyle(document.body).fontFamily;
  const canvas = document.createElement('canvas');
  const ctx = canvas.getContext('2d');
  if (!ctx) throw new Error('No canvas');
  const pen: Pen = { ctx, color, font, scale: SCALE, left: MARGIN, right: PICTURE_WIDTH - MARGIN, y: MARGIN };
  const { content } = picture;
  const charts = content.kind === 'lines' ? await drawPanels(content, dataset, pen, formats) : [];
  const paint = () => {
    pen.y = MARGIN;
    drawText(pen, picture.title, { size: 20, weight: 650 });
    drawText(pen, picture.subtitle, { size: 13, color: '--soft' });
    pen.y += 10 * SCALE;
    if (content.kind === 'bars') {
      drawBars(pen, dataset, content.rows.slice(0, MAX_ROWS), content.metrics, formats, texts);
    }
    if (content.kind === 'single') drawSingle(pen, content.row, content.metrics, formats, texts);
    for (const { panel, image } of charts) {
      drawText(pen, panel.title, { size: 15, weight: 600 });
      const shown = panel.lines.filter(({ isMuted }) => !isMuted);
      if (shown.length > 1) drawLegend(pen, shown);
      ctx.drawImage(image, MARGIN, pen.y);
      pen.y += image.height + 12 * SCALE;
    }
    for (const note of picture.notes) drawText(pen, note, { size: 12, color: '--soft' });
  };
  // The first time without a size, to learn the height.
  canvas.width = PICTURE_WIDTH;
  canvas.height = 1;
  paint();
  canvas.height = Math.ceil(pen.y + MARGIN);
  ctx.fillStyle = color('--page');
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  paint();
  return canvas.toDataURL('image/png').split(',')[1] ?? '';
}

/** Lines are drawn by the library, larger than on the page and outside of it. */
async function drawPanels(
  { panels, names }: Extract<Picture['content'], { kind: 'lines' }>,
  { periods, completeness }: Dataset,
  { color, font, left, right }: Pen,
  formats: Formats,
) {
  const isComplete = completeness.map(state => state === 'complete');
  const toCss = 1 / uPlot.pxRatio;
  const charts = panels.map(panel => {
    const options = lineOptions(panel, {
      width: (right - left) * toCss,
      height: PANEL_HEIGHT * toCss,
      scale: SCALE * toCss,
      font,
      color,
      isComplete,
      label: index => names.short(periods[index] ?? ''),
      number: value => (panel.kind === 'percent' ? formats.percent(value / 100) : formats.number(value)),
    });
    return { panel, chart: new uPlot(options, lineData(panel, isComplete), document.createElement('div')) };
  });
  // The library draws in a microtask.
  await new Promise(resolve => setTimeout(resolve));
  return charts.map(({ panel, chart }) => ({ panel, image: chart.ctx.canvas }));
}

import uPlot from 'uplot';
import type { Formats } from '../../kit/locale.ts';
import { limitOf, longest, partsOf, ratingPlace } from '../charts/category-rows.ts';
import { partColor } from '../charts/colors.ts';
import { type Box, hatch } from '../charts/line-options.ts';
import type { Dataset, Row } from '../data/dataset.ts';
import type { Measure, Metric } from '../data/measures.ts';
import { formatValue, valueIn } from '../data/values.ts';
import type { FigureTexts } from '../words/texts.ts';
import { drawLegend, drawText, type Pen, setFont, shorten } from './pen.ts';

const ROW = 28;
const NAME_SHARE = 0.26;
/** For the value after a bar. */
const VALUE = 110;

/** Draws what bars.tsx shows. */
export function drawBars(
  pen: Pen,
  dataset: Dataset,
  rows: Row[],
  metrics: Metric[],
  formats: Formats,
  texts: FigureTexts,
): void {
  const { ctx, scale, left, right } = pen;
  const nameWidth = (right - left) * NAME_SHARE;
  const width = (right - left - nameWidth) / Math.max(1, metrics.length);
  const height = ROW * scale;
  for (const metric of metrics.filter(({ parts }) => parts)) {
    drawText(pen, metric.label, { size: 13, weight: 600 });
    drawLegend(
      pen,
      metric.measures.map((measure, index) => ({ label: measure.label, color: partColor(measure, index) })),
    );
  }
  setFont(pen, { size: 12, weight: 600, color: '--soft' });
  metrics.forEach(({ label, kind }, index) => {
    const title = kind === 'rating' ? `${label} (1–5)` : label;
    ctx.fillText(
      shorten(ctx, title, width - 10 * scale),
      left + nameWidth + index * width,
      pen.y + height / 2,
    );
  });
  pen.y += height;
  const longestCount = longest(dataset, metrics);
  for (const row of rows) {
    setFont(pen, { size: 13 });
    ctx.fillText(shorten(ctx, row.category.label, nameWidth - 12 * scale), left, pen.y + height / 2);
    metrics.forEach((metric, index) => {
      const box = {
        left: left + nameWidth + index * width,
        top: pen.y + 7 * scale,
        width: width - VALUE * scale,
        height: height - 14 * scale,
      };
      if (metric.parts) drawParts(pen, row, metric, box, formats, texts);
      else
        for (const measure of metric.measures) {
          drawBar(pen, row, measure, limitOf(measure, longestCount), box, formats, texts);
        }
    });
    pen.y += height;
  }
  pen.y += 8 * scale;
}

function drawBar(
  pen: Pen,
  row: Row,
  measure: Measure,
  limit: number,
  box: Box,
  formats: Formats,
  texts: FigureTexts,
): void {
  const { ctx, scale, color } = pen;
  const value = valueIn(row, measure);
  const { known, below } = value;
  const long = (amount: number) => (box.width * amount) / limit;
  if (measure.kind === 'rating') {
    ctx.fillStyle = color('--line');
    ctx.fillRect(box.left, box.top + box.height / 2 - scale / 2, box.width, scale);
    if (known !== undefined) {
      ctx.fillStyle = color('--c1');
      ctx.beginPath();
      ctx.arc(box.left + box.width * ratingPlace(known), box.top + box.height / 2, 5 * scale, 0, 7);
      ctx.fill();
    }
  } else if (measure.kind !== 'rank') {
    ctx.fillStyle = color('--c1');
    if (known !== undefined) ctx.fillRect(box.left, box.top, long(known), box.height);
    if (below !== undefined) {
      const from = box.left + long(known ?? 0);
      hatch(ctx, { ...box, left: from, width: long(below) }, color('--c1'), scale / uPlot.pxRatio, true);
    }
  }
  const text = formatValue(value, measure, formats, texts) ?? texts.noData;
  drawValue(pen, text, box, measure.kind === 'rank' || (known === undefined && below === undefined));
}

function drawParts(pen: Pen, row: Row, metric: Metric, box: Box, formats: Formats, texts: FigureTexts): void {
  const { parts, total } = partsOf(row, metric);
  let { left } = box;
  parts.forEach(({ measure, share }, index) => {
    pen.ctx.fillStyle = pen.color(partColor(measure, index));
    pen.ctx.fillRect(left, box.top, box.width * share, box.height);
    left += box.width * share;
  });
  if (parts.length === 0) drawValue(pen, texts.noData, box, true);
  else if (metric.kind === 'count') drawValue(pen, formats.number(total), box, false);
}

function drawValue(pen: Pen, text: string, { left, top, width, height }: Box, isAlone: boolean): void {
  setFont(pen, { size: 12, color: isAlone ? '--soft' : '--text' });
  pen.ctx.fillText(text, isAlone ? left : left + width + 8 * pen.scale, top + height / 2);
}

/** Draws what single-view.tsx shows. */
export function drawSingle(
  pen: Pen,
  row: Row,
  metrics: Metric[],
  formats: Formats,
  texts: FigureTexts,
): void {
  const { ctx, scale, left, right } = pen;
  const height = ROW * scale;
  for (const metric of metrics) {
    if (!metric.parts) {
      for (const measure of metric.measures) {
        const value = formatValue(valueIn(row, measure), measure, formats, texts) ?? texts.noData;
        drawText(pen, `${measure.label}: ${value}`, { size: 15, weight: 600 });
      }
      continue;
    }
    pen.y += 8 * scale;
    drawText(pen, metric.label, { size: 13, weight: 600, color: '--soft' });
    partsOf(row, metric).parts.forEach(({ measure, value, share }, index) => {
      setFont(pen, { size: 13 });
      ctx.fillText(measure.label, left, pen.y + height / 2);
      const from = left + (right - left) * NAME_SHARE;
      const box = {
        left: from,
        top: pen.y + 7 * scale,
        width: right - from - VALUE * scale,
        height: height - 14 * scale,
      };
      ctx.fillStyle = pen.color(partColor(measure, index));
      ctx.fillRect(box.left, box.top, box.width * share, box.height);
      const count = metric.kind === 'count' ? ` (${formats.number(value)})` : '';
      drawValue(pen, `${formats.percent(share)}${count}`, box, false);
      pen.y += height;
    });
  }
  pen.y += 8 * scale;
}

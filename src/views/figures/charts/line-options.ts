import uPlot from 'uplot';
import type { Kind } from '../data/measures.ts';
import { upperLimit, valueIn } from '../data/values.ts';
import type { Panel } from './panels.ts';

export interface LineSettings {
  width: number;
  height: number;
  /** 1 on the page; a picture is drawn larger on screens with few pixels. */
  scale: number;
  font: string;
  color: (name: string) => string;
  isComplete: boolean[];
  label: (index: number) => string;
  number: (value: number) => string;
  onHover?: (index: number | undefined) => void;
}

/** More points than this would hide the line. */
const MAX_POINTS = 45;
const DASH = [4, 4];

/**
 * Each line is two series: the solid one of complete periods, and a dashed one that leads to incomplete ones. Where a value is
 * missing both have a gap.
 */
export function lineData({ lines }: Panel, isComplete: boolean[]): uPlot.AlignedData {
  const xs = isComplete.map((_, index) => index);
  const series = lines.flatMap(({ rows, measure }) => {
    const values = rows.map(row => (row && valueIn(row, measure).known) ?? null);
    const solid = values.map((value, index) => (isComplete[index] ? value : null));
    const touches = (index: number) => [index - 1, index, index + 1].some(near => isComplete[near] === false);
    const dashed = values.map((value, index) => (touches(index) ? value : null));
    return [solid, dashed];
  });
  return [xs, ...series];
}

/** Counts and shares begin at zero, ratings have their whole scale. */
function rangeOf(kind: Kind, panel: Panel): [number, number] {
  if (kind === 'rating') return [1, 5];
  if (kind === 'percent') return [0, 100];
  const limits = panel.lines.flatMap(({ rows, measure }) =>
    rows.map(row => (row && upperLimit(valueIn(row, measure))) ?? 0),
  );
  return [0, niceLimit(limits.reduce((a, b) => Math.max(a, b), 0))];
}

/** The next of 1, 2, 2.5, 5 and 10 times a power of ten, in steps that an axis can have. */
function niceLimit(value: number): number {
  if (value <= 4) return 4;
  const step = 10 ** Math.floor(Math.log10(value)) / 2;
  return Math.ceil((value * 1.02) / step) * step;
}

export function lineOptions(panel: Panel, settings: LineSettings): uPlot.Options {
  const { width, height, scale, color, isComplete, label, number, onHover } = settings;
  const font = `${12 * scale}px ${settings.font}`;
  const range = rangeOf(panel.kind, panel);
  const count = isComplete.length;
  const axis = { font, stroke: color('--soft'), gap: 6 * scale };
  const line = { stroke: color('--line'), width: scale };
  // Each line is two series after that of the axis.
  const lineColor = (_: uPlot, index: number) => color(panel.lines[(index - 1) >> 1]?.color ?? '--text');
  return {
    width,
    height,
    padding: [10 * scale, 12 * scale, 0, 0],
    legend: { show: false },
    cursor: {
      show: onHover !== undefined,
      y: false,
      drag: { setScale: false, x: false, y: false },
      points: { size: 9, fill: lineColor, stroke: lineColor },
    },
    scales: { x: { time: false, range: [-0.5, count - 0.5] }, y: { range } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        ticks: { ...line, size: 4 * scale },
        border: { show: true, ...line },
        size: 28 * scale,
        space: 72 * scale,
        incrs: [1, 2, 3, 4, 6, 7, 12, 14, 28, 56, 84, 182, 364],
        values: (_, splits) => splits.map(index => (isComplete[index] === undefined ? '' : label(index))),
      },
      {
        ...axis,
        grid: line,
        ticks: { show: false },
        space: 36 * scale,
        ...(panel.kind === 'rating' ? { splits: () => [1, 2, 3, 4, 5] } : { incrs: WHOLE }),
        values: (_, splits) => splits.map(number),
        size: (_, values) => (14 + Math.max(0, ...(values ?? []).map(text => text.length)) * 7.2) * scale,
      },
    ],
    series: [{}, ...panel.lines.flatMap(({ color: name, isMuted }) => bothSeries(color(name), isMuted))],
    hooks: {
      drawClear: [u => hatchIncomplete(u, isComplete, color('--field'), scale)],
      draw: [u => drawThresholds(u, panel, color, scale)],
      ...(onHover && { setCursor: [u => onHover(u.cursor.idx ?? undefined)] }),
    },
  };

  function bothSeries(stroke: string, isMuted: boolean): uPlot.Series[] {
    const width = (isMuted ? 1 : 2) * scale;
    const points = (fill: string, isHollow: boolean): uPlot.Series.Points => ({
      show: false,
      size: (isMuted ? 4 : 6) * scale,
      stroke,
      fill,
      width: 1.5 * scale,
      filter: (u, index) => pointsOf(u.data[index] ?? [], isMuted, isHollow ? isComplete : undefined),
    });
    const dash = DASH.map(length => length * scale);
    return [
      { stroke, width, points: points(stroke, false) },
      { stroke, width, dash, points: points(color('--page'), true) },
    ];
  }
}

const WHOLE = [1, 2, 5]
  .flatMap(digit => Array.from({ length: 10 }, (_, power) => digit * 10 ** power))
  .toSorted((a, b) => a - b);

/** A value between two gaps has no line, so it needs a point. */
function pointsOf(values: ArrayLike<number | null | undefined>, isMuted: boolean, except?: boolean[]) {
  const isKnown = (index: number) => values[index] !== null && values[index] !== undefined;
  const all = Array.from(values, (_, index) => index).filter(isKnown);
  const own = except ? all.filter(index => !except[index]) : all;
  if (!isMuted && values.length <= MAX_POINTS) return own;
  return own.filter(index => !isKnown(index - 1) && !isKnown(index + 1));
}

/** Hatches the columns of incomplete periods. */
function hatchIncomplete(u: uPlot, isComplete: boolean[], stroke: string, scale: number): void {
  const { ctx } = u;
  const { top, height } = u.bbox;
  ctx.save();
  ctx.globalAlpha = 0.6;
  isComplete.forEach((complete, index) => {
    if (complete) return;
    const [left, right] = [index - 0.5, index + 0.5].map(x => u.valToPos(x, 'x', true)) as [number, number];
    hatch(ctx, { left, top, width: right - left, height }, stroke, scale);
  });
  ctx.restore();
}

/** Draws how large a value can be of which Google tells only that it is small. */
function drawThresholds(u: uPlot, panel: Panel, color: (name: string) => string, scale: number): void {
  const { ctx } = u;
  const column = Math.abs(u.valToPos(1, 'x', true) - u.valToPos(0, 'x', true));
  const width = Math.min(column * 0.5, 14 * scale * uPlot.pxRatio);
  for (const { rows, measure, color: name, isMuted } of panel.lines) {
    if (isMuted) continue;
    rows.forEach((row, index) => {
      const { known = 0, below } = row ? valueIn(row, measure) : {};
      if (below === undefined) return;
      const top = u.valToPos(known + below, 'y', true);
      const left = u.valToPos(index, 'x', true) - width / 2;
      const box = { left, top, width, height: u.valToPos(known, 'y', true) - top };
      hatch(ctx, box, color(name), scale, true);
    });
  }
}

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Fills a box with slanting lines, as the page does with a gradient. */
export function hatch(
  ctx: CanvasRenderingContext2D,
  { left, top, width, height }: Box,
  stroke: string,
  scale: number,
  hasBorder = false,
): void {
  const gap = 5 * scale * uPlot.pxRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.strokeStyle = stroke;
  ctx.lineWidth = scale * uPlot.pxRatio;
  if (hasBorder) ctx.stroke();
  ctx.clip();
  ctx.beginPath();
  // The lines of neighbouring boxes continue each other.
  for (let at = Math.floor((left - height) / gap) * gap; at < left + width; at += gap) {
    ctx.moveTo(at, top + height);
    ctx.lineTo(at + height, top);
  }
  ctx.stroke();
  ctx.restore();
}

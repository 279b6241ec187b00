import type { Measure } from '../data/measures.ts';

/** Names of custom properties in figures.css. */
const SERIES = ['--c1', '--c2', '--c3', '--c4', '--c5', '--c6', '--c7', '--c8'] as const;
export const MAX_HIGHLIGHTED = SERIES.length;

export const seriesColor = (index: number): string => SERIES[index % SERIES.length] ?? '--c1';

const OF_PARTS: Record<string, string> = {
  5: '--s5',
  4: '--s4',
  3: '--s3',
  2: '--s2',
  1: '--s1',
  fast: '--s5',
  slow: '--s3',
  not_replied: '--s0',
};

export const partColor = ({ id }: Measure, index: number): string =>
  OF_PARTS[id.split('.')[1] ?? ''] ?? seriesColor(index);

/** Canvases cannot read custom properties: returns the color that the page shows for one. */
export function colorResolver(): (name: string) => string {
  const probe = document.createElement('span');
  document.body.append(probe);
  const known = new Map<string, string>();
  const resolve = (name: string) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    probe.style.color = `var(${name})`;
    const color = getComputedStyle(probe).color;
    known.set(name, color);
    return color;
  };
  // All at once, so that the probe need not stay.
  for (const name of [...SERIES, ...Object.values(OF_PARTS), ...OF_PAGE]) resolve(name);
  probe.remove();
  return name => known.get(name) ?? 'gray';
}

const OF_PAGE = ['--page', '--text', '--soft', '--line', '--field', '--raised', '--muted'];

import type { Spread } from './statistics.ts';

/** Formats of figures. */

export const microseconds = ({ median, min, max }: Spread) =>
  `${median.toFixed(0)} (${min.toFixed(0)}–${max.toFixed(0)})`;

export const times = ({ median, min, max }: Spread) =>
  `${median.toFixed(2)} × (${min.toFixed(2)}–${max.toFixed(2)})`;

export const milliseconds = ({ median, min, max }: Spread, digits = 2) =>
  `${median.toFixed(digits)} ms (${min.toFixed(digits)}–${max.toFixed(digits)})`;

export const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

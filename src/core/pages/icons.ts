import { type Html, html } from './html.ts';

/** Decorative, so hidden from screen readers. Drawn for 20 × 20 pixels. */
const icon = (paths: Html, size = 20): Html =>
  html`<svg aria-hidden="true" width="${size}" height="${size}" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">${paths}</svg>`;

export const EYE = icon(
  html`<path d="M1.9 10S4.7 4.4 10 4.4 18.1 10 18.1 10 15.3 15.6 10 15.6 1.9 10 1.9 10Z"/><circle cx="10" cy="10" r="2.4"/>`,
);
export const PENCIL = icon(
  html`<path d="m12.6 4.3 3.1 3.1L7 16.1l-3.9.8.8-3.9 8.7-8.7Z"/><path d="m11 5.9 3.1 3.1"/>`,
);
export const EXCLAMATION = icon(
  html`<circle cx="10" cy="10" r="7.4"/><path d="M10 6.2v4.4M10 13.6v.1"/>`,
  18,
);
export const DOTS = icon(
  html`<g fill="currentColor" stroke="none"><circle cx="4" cy="10" r="1.5"/><circle cx="10" cy="10" r="1.5"/><circle cx="16" cy="10" r="1.5"/></g>`,
);
/** A pin on a map: a location. */
export const PIN = icon(
  html`<path d="M10 18s5.8-5.1 5.8-9.7a5.8 5.8 0 0 0-11.6 0C4.2 12.9 10 18 10 18Z"/><circle cx="10" cy="8.2" r="2.1"/>`,
  24,
);
export const COPY = icon(
  html`<rect x="7" y="7" width="9.5" height="9.5" rx="2"/><path d="M13 7V5.5a2 2 0 0 0-2-2H5.5a2 2 0 0 0-2 2V11a2 2 0 0 0 2 2H7"/>`,
  16,
);
export const ARROW = icon(html`<path d="M6 14 14 6M7.5 6H14v6.5"/>`, 16);
export const KEY = icon(html`<circle cx="6.6" cy="13.4" r="3.4"/><path d="m9.1 10.9 7-7M13.2 6.8l2.6 2.6"/>`);

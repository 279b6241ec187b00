import type { Problem } from './define-tool.ts';

/** Rules that several tools share. */

/** Two dates in the wrong order match nothing, which a model would take for "there is none". */
export function inOrder(args: Record<string, unknown>, from: string, to: string): Problem[] {
  const [start, end] = [args[from], args[to]];
  if (typeof start !== 'string' || typeof end !== 'string' || start <= end) return [];
  return [{ argument: to, message: `${end} is before ${from} (${start})` }];
}

/**
 * Partoo's template markup, `@[](client_first_name)`: filled in a template, published as it is everywhere else.
 * No `[` between the brackets: with it, a text of nothing but `@[` takes minutes to read.
 */
const PLACEHOLDER = /@\[[^\][]*\]\([^()]*\)?/g;

export function noPlaceholders(argument: string, text: string | undefined): Problem[] {
  const found = new Set(text?.match(PLACEHOLDER) ?? []);
  if (found.size === 0) return [];
  const markup = [...found].join(' ');
  return [
    { argument, message: `has template markup that people would see: ${markup}; write the words instead` },
  ];
}

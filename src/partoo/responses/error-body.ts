import { STATUS_CODES } from 'node:http';
import { parseJson } from '../../core/json.ts';

const MAX_LINES = 20;
const MAX_LINE_LENGTH = 300;
/** Lines that say nothing are left out afterwards; beyond these none is looked for. */
const MAX_LINES_READ = 200;
/** Values of any kind, null among them. */
const MAX_VALUES_READ = 2_000;
/** Deeper than any error body has a reason. */
const MAX_DEPTH = 12;
/** A text in an error body that is JSON itself, as gateways quote what is behind them. */
const MAX_QUOTED_LENGTH = 20_000;

/** Partoo's wrappers around the part a person can use. */
const WRAPPERS = new Set(['error', 'errors', 'json', 'authorization', 'authentication']);
/** The values that a field would take: one line. */
const CHOICES = new Set(['choices', 'allowed', 'allowed_values', 'enum']);

/**
 * Partoo's error bodies as short lines, `field: message` where a field is named. Takes every documented shape and any
 * other, wherever the reason stands: `error`, `errors` or `message`, a text, or an object of field → code, message or list.
 */
export function errorLines(body: unknown): string[] {
  const lines = new Set<string>();
  for (const line of linesIn(body, '', 0, { left: MAX_VALUES_READ })) {
    lines.add(line.length > MAX_LINE_LENGTH ? `${line.slice(0, MAX_LINE_LENGTH)}…` : line);
    if (lines.size >= MAX_LINES_READ) break;
  }
  const telling = [...lines].filter(line => !isNoise(line));
  return (telling.length > 0 ? telling : [...lines]).slice(0, MAX_LINES);
}

type Budget = { left: number };

function* linesIn(value: unknown, field: string, depth: number, budget: Budget): Generator<string> {
  if (value === null || value === undefined || depth > MAX_DEPTH) return;
  if (Array.isArray(value)) {
    const isChoices = CHOICES.has(field.slice(field.lastIndexOf('.') + 1)) && value.every(isScalar);
    if (isChoices) yield* lineOf(value.slice(0, MAX_LINES_READ).join(', '), field);
    else {
      for (const item of value) {
        if (budget.left-- <= 0) return;
        yield* linesIn(item, field, depth + 1, budget);
      }
    }
    return;
  }
  if (typeof value === 'object') {
    for (const [name, inner] of Object.entries(value)) {
      if (budget.left-- <= 0) return;
      const named = WRAPPERS.has(name) ? field : [field, name].filter(part => part).join('.');
      yield* linesIn(inner, named, depth + 1, budget);
    }
    return;
  }
  const quoted = typeof value === 'string' ? jsonIn(value) : undefined;
  if (quoted !== undefined) yield* linesIn(quoted, field, depth + 1, budget);
  // A wrapper's own `true` says that there is an error, which is known.
  else if (typeof value !== 'boolean' || field !== '') yield* lineOf(String(value), field);
}

function* lineOf(said: string, field: string): Generator<string> {
  // Control characters have no business in a sentence and could hide the rest of it.
  const message = said
    .slice(0, 2 * MAX_LINE_LENGTH)
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  if (message !== '') yield field ? `${field.slice(0, MAX_LINE_LENGTH)}: ${message}` : message;
}

const isScalar = (value: unknown) => typeof value !== 'object' || value === null;

function jsonIn(text: string): object | undefined {
  if (text.length > MAX_QUOTED_LENGTH || !/^\s*[[{]/.test(text)) return undefined;
  try {
    return parseJson(text) as object;
  } catch {
    return undefined;
  }
}

const REASON_PHRASES = new Set(
  ['error', 'failed', 'failure', ...Object.values(STATUS_CODES)].map(phrase => phrase?.toLowerCase()),
);
const NOISE =
  /^(?:(?:status|code|status_?code): (?:\d{3}|error|fail(?:ed|ure)?)|(?:success|ok): false|(?:timestamp|path): .*)$/i;

/** What an error says of itself besides its reason: the status, in figures or words, and when it was. */
const isNoise = (line: string) => NOISE.test(line) || REASON_PHRASES.has(line.toLowerCase());

import { STATUS_CODES } from 'node:http';
import { parseJson } from '../../core/json.ts';

const MAX_LINES = 20;
const MAX_LINE_LENGTH = 300;
/** Read before noise is left out. */
const MAX_LINES_READ = 200;
const MAX_VALUES_READ = 2_000;
const MAX_DEPTH = 12;
const MAX_QUOTED_LENGTH = 20_000;

/** Names that tell a reader nothing about the reason inside. */
const WRAPPERS = new Set(['error', 'errors', 'json', 'authorization', 'authentication']);
/** Values that a field accepts go on one line. */
const CHOICES = new Set(['choices', 'allowed', 'allowed_values', 'enum']);

/**
 * Partoo's error body as short lines, `field: message` where it names a field. Reads every documented shape, and the reason
 * wherever else it stands: a text, or objects and lists of codes and messages at any depth.
 */
export function errorLines(body: unknown): string[] {
  const lines = new Set<string>();
  for (const line of linesIn(body, '', 0, { left: MAX_VALUES_READ })) {
    lines.add(line.length > MAX_LINE_LENGTH ? `${line.slice(0, MAX_LINE_LENGTH)}…` : line);
    if (lines.size >= MAX_LINES_READ) break;
  }
  const meaningful = [...lines].filter(line => !isNoise(line));
  return (meaningful.length > 0 ? meaningful : [...lines]).slice(0, MAX_LINES);
}

type Budget = { left: number };

function* linesIn(value: unknown, field: string, depth: number, budget: Budget): Generator<string> {
  if (value === null || value === undefined || depth > MAX_DEPTH) return;
  if (Array.isArray(value) && CHOICES.has(lastName(field)) && value.every(isScalar)) {
    yield* lineOf(value.slice(0, MAX_LINES_READ).join(', '), field);
  } else if (typeof value === 'object') {
    const entries = Array.isArray(value)
      ? value.slice(0, budget.left).map(item => ['', item] as const)
      : Object.entries(value);
    for (const [name, inner] of entries) {
      if (budget.left-- <= 0) return;
      const named = WRAPPERS.has(name) ? field : [field, name].filter(part => part).join('.');
      yield* linesIn(inner, named, depth + 1, budget);
    }
  } else {
    const quoted = typeof value === 'string' ? parseQuoted(value) : undefined;
    if (quoted !== undefined) yield* linesIn(quoted, field, depth + 1, budget);
    // `error: true` says only that there is an error.
    else if (typeof value !== 'boolean' || field !== '') yield* lineOf(String(value), field);
  }
}

function* lineOf(text: string, field: string): Generator<string> {
  // Control characters could hide the rest of the line.
  const message = text
    .slice(0, 2 * MAX_LINE_LENGTH)
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  if (message !== '') yield field ? `${field.slice(0, MAX_LINE_LENGTH)}: ${message}` : message;
}

const lastName = (field: string) => field.slice(field.lastIndexOf('.') + 1);

const isScalar = (value: unknown) => typeof value !== 'object' || value === null;

/** Gateways quote the JSON of the server behind them as text. */
function parseQuoted(text: string): object | undefined {
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

/** Status and time say nothing about the reason. */
const isNoise = (line: string) => NOISE.test(line) || REASON_PHRASES.has(line.toLowerCase());

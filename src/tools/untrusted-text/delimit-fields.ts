import { isObject } from '../../core/is-object.ts';
import { delimit, isDelimited } from './delimiters.ts';
import { DOCUMENTED_NAMES, type FieldTrust, hasFields, type Trust, trustOf } from './field-trust.ts';
import {
  FEW_WORDS,
  isDigits,
  isNumbers,
  isPartooValue,
  isPlainUrl,
  isShortLine,
  isShortName,
  isShortValue,
  wordCount,
} from './plain-values.ts';

/** Puts delimiters round the texts of a response, by the trust of their fields (field-trust.ts). */

const MAY_BE_PLAIN: Record<Trust, (text: string) => boolean> = {
  third_party: () => false,
  digits: isDigits,
  company_line: text => isShortLine(text) || isShortValue(text),
  company_text: isShortValue,
  plain_url: text => isPlainUrl(text) || isShortValue(text),
  partoo_value: isPartooValue,
};

export function delimitText(trust: Trust, text: string): string {
  if (trust === 'third_party') return delimit(text);
  const trimmed = text.trim();
  return MAY_BE_PLAIN[trust](trimmed) ? trimmed : delimit(text);
}

/** Delimits the value of a documented field. */
export function delimitField(trust: FieldTrust, value: unknown): unknown {
  // Most fields of a summary.
  if (value === undefined) return undefined;
  if (!trust.startsWith('each ')) {
    return typeof value === 'string' ? delimitText(trust as Trust, value) : delimitUndocumented(value);
  }
  const each = trust.slice('each '.length) as Trust;
  if (each === 'company_text') return delimitUndocumented(value);
  return mapValue(
    value,
    text => delimitText(each, text),
    hasFewWords(namesIn(value)) ? undefined : delimitOtherName,
  );
}

/** Delimits the value at a path of field-trust.ts, documented or not. */
export function delimitAt(path: string, value: unknown): unknown {
  const trust = trustOf(path);
  if (trust !== undefined) return delimitField(trust, value);
  if (!hasFields(path)) return delimitUndocumented(value);
  if (Array.isArray(value)) {
    return value.map(item => (isObject(item) ? delimitAt(path, item) : delimitUndocumented(item)));
  }
  if (!isObject(value)) return delimitUndocumented(value);
  const found: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) found[name] = delimitAt(`${path}.${name}`, inner);
  return found;
}

/**
 * Delimits an undocumented value. A single short text needs no delimiters. The short texts of a list or object need none if
 * together, with their field names, they have few words: spread over fields, short words can be an instruction.
 */
function delimitUndocumented(value: unknown): unknown {
  if (typeof value === 'string') return delimitText('company_text', value);
  if (typeof value !== 'object' || value === null) return value;
  const texts = namesIn(value);
  mapValue(value, text => {
    if (!isNumbers(text) && isShortValue(text)) texts.add(text);
    return text;
  });
  if (hasFewWords(texts)) return mapValue(value, text => delimitText('company_text', text));
  return mapValue(value, text => (isNumbers(text) ? text : delimit(text)), delimitOtherName);
}

/** The undocumented names in a value, except those already delimited. */
function namesIn(value: unknown): Set<string> {
  const names = new Set<string>();
  mapValue(
    value,
    text => text,
    name => {
      if (delimitOtherName(name) !== name) names.add(name);
      return name;
    },
  );
  return names;
}

const delimitOtherName = (name: string) =>
  DOCUMENTED_NAMES.has(name) || isDelimited(name) || wordCount(name) === 0 ? name : delimit(name);

function hasFewWords(texts: Set<string>): boolean {
  let words = 0;
  for (const text of texts) words += wordCount(text);
  return words <= FEW_WORDS;
}

/** Changes every text and field name. `normalizeResponse` has bounded the depth. */
function mapValue(
  value: unknown,
  changeText: (text: string) => string,
  changeName?: (name: string) => string,
): unknown {
  if (typeof value === 'string') return changeText(value);
  if (Array.isArray(value)) return value.map(item => mapValue(item, changeText, changeName));
  if (typeof value !== 'object' || value === null) return value;
  const changed: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    changed[changeName ? changeName(name) : name] = mapValue(inner, changeText, changeName);
  }
  return changed;
}

/** Delimits a field name that may be a third party's: Partoo lets people define their own fields. */
export const delimitName = (name: string) =>
  DOCUMENTED_NAMES.has(name) || isShortName(name) ? name : delimit(name);

/** A field as an error names it: `contacts.0.phone_numbers`. */
const PATH = /^[\w.[\]-]{1,64}$/;

function isPath(name: string): boolean {
  const own = name.split(/[.[\]]+/).filter(step => !DOCUMENTED_NAMES.has(step));
  return PATH.test(name) && isShortName(own.join('.') || 'x');
}

/** Delimits an error of Partoo's, `name: what is wrong`, which may quote anything. */
export function delimitErrorLine(line: string): string {
  const [, name, problem] = /^([^\s:]+): (.*)$/s.exec(line) ?? [];
  return name === undefined || problem === undefined || !isPath(name)
    ? delimitText('company_text', line)
    : `${name}: ${delimitText('company_text', problem)}`;
}

import { isObject } from '../../core/is-object.ts';
import type { Send } from '../requests/request.ts';
import { Incomplete } from '../responses/page.ts';

/** The placeholders that Partoo documents for message templates, written `{{client_full_name}}`. */
export const PLACEHOLDERS = [
  'client_full_name',
  'client_first_name',
  'business_name',
  'my_first_name',
  'rb_link',
  'address',
  'website_url',
  'phone_number',
];

const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/g;

export const messageTemplates = (send: Send) => ({
  /** Unlike other lists, a bare array without pages. */
  list: () =>
    send({
      method: 'GET',
      path: '/messaging/templates',
      read(json) {
        if (!Array.isArray(json) || (json.length > 0 && !json.some(isObject))) {
          throw new Incomplete('has no list of templates');
        }
        return json.filter(isObject);
      },
    }),
});

/** The names of the placeholders in a text, each once. */
export const placeholdersIn = (text: string): string[] => [
  ...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name)),
];

/**
 * The text of a template. Partoo documents its `content` as a JSON string with `text` and `_version`, and shows it without the
 * comma between them.
 */
export function textOfTemplate(content: unknown): string | undefined {
  if (isObject(content)) return typeof content.text === 'string' ? content.text : undefined;
  if (typeof content !== 'string') return undefined;
  const parsed = parse(content);
  if (isObject(parsed)) return textOfTemplate(parsed);
  const [, quoted] = TEXT_IN_JSON.exec(content) ?? [];
  const text = quoted === undefined ? undefined : parse(quoted.replaceAll(/\r?\n/g, '\\n'));
  return typeof text === 'string' ? text : content;
}

const TEXT_IN_JSON = /^\s*\{[\s\S]*?"text"\s*:\s*("(?:[^"\\]|\\.)*")/;

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

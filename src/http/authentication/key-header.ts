/**
 * The headers that may carry a Partoo key; the first that is filled in wins. `x-apikey` is Partoo's own. Claude's connectors
 * can send `x-api-key` and `x-auth-token` but not that one; some clients can only send a bearer token. `authorization` comes
 * last: a gateway in front may have put a token of its own there.
 */
const KEY_HEADERS = ['x-apikey', 'x-api-key', 'x-auth-token', 'authorization'] as const;

/** A key that fits in an HTTP header and that Partoo could have issued. */
const PLAUSIBLE = /^[\x21-\x7e]{1,512}$/;
/** Longer values are not unwrapped. */
const MAX_LENGTH = 1_024;

/** What an unfilled client configuration sends. */
const PLACEHOLDERS = [
  // Variables that were not replaced: ${X}, {{X}}, {env:X}, ${{ secrets.X }}, %X%, $X, $env:X, $(X), <X>, [X], {X}.
  /[$#]?\{.*\}/,
  /^%.*%$/,
  /^\$(env:)?[a-z_]\w*$/i,
  /^\$?\(.*\)$|^<.*>$|^\[.*\]$/,
  /^(process\.env|os\.environ|env|secrets?|input|vault|op):?[./:]/i,
  // An empty variable as JavaScript, Python and Ruby print it.
  /^(undefined|null|none|nil|nan|void|empty)$/i,
  // The variable's own name, and the placeholders of documentation.
  /^(my_)?partoo[-_]?(api|access)?[-_]?(key|token)$/i,
  /^(api|access|auth|bearer)?[-_]?(key|token)$/i,
  /^(the|your|insert|enter|paste|put|add|replace|use)([-_][a-z]+)*$/i,
  /^your[a-z]*(key|token)$/i,
  /^(changeme|change[-_]me|todo|placeholder|example|redacted|secret)$/i,
  /^[x*.-]{3,}$/i,
];

/** A scheme or the header's own name, pasted together with the key. */
const PREFIX =
  /^(?:(?:x-?api-?key|x-auth-token|authorization)\s*[:=]\s*|(?:bearer|token|api-?key)(?:\s*:\s*|\s+))/i;
/** A scheme without its credentials. */
const SCHEME = /^(bearer|basic|digest|negotiate|token|api-?key):?$/i;
const QUOTED = /^(["'`])(.*)\1$/;

/** The Partoo key of a request; undefined if no header holds one that is plausible. */
export function keyIn(headers: NodeJS.Dict<string[]>): string | undefined {
  const filled = KEY_HEADERS.map(name => readHeader(headers[name])).find(value => value !== undefined);
  // If the first filled header holds no plausible key, there is no key: the next header could hold another person's.
  return plausible(filled);
}

/** The Partoo key that a person typed or pasted; undefined if it is not plausible. */
export const readKey = (text: string): string | undefined => plausible(readHeader([text]));

const plausible = (value: string | undefined) =>
  value !== undefined && PLAUSIBLE.test(value) && !SCHEME.test(value) ? value : undefined;

/** The unwrapped value of a header; undefined if it is missing, empty or a placeholder. */
function readHeader(header: string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  // Proxies join repeated headers with a comma and a space. No key holds a space.
  const sent = header.flatMap(value => value.split(', '));
  const values = new Set(sent.map(value => (value.length > MAX_LENGTH ? value : unwrap(value))));
  const [value = '', ...others] = values;
  if (others.length > 0) return [...values].join(', ');
  return value === '' || PLACEHOLDERS.some(placeholder => placeholder.test(value)) ? undefined : value;
}

/** Removes quotes, schemes and header names, in any order and number: `Bearer "Bearer abc"` is `abc`. */
function unwrap(value: string): string {
  let inner = value.trim();
  for (;;) {
    const next = inner.replace(QUOTED, '$2').replace(PREFIX, '').trim();
    if (next === inner) return inner;
    inner = next;
  }
}

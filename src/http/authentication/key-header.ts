/**
 * The headers that may carry a Partoo key, the first usable one wins. `x-apikey` is Partoo's own name. Claude's
 * connectors can send `x-api-key` and `x-auth-token` but not that one; some clients can send a bearer token only.
 * `authorization` comes last: a gateway in front may have put a token of its own there.
 */
const KEY_HEADERS = ['x-apikey', 'x-api-key', 'x-auth-token', 'authorization'] as const;

/** A key that fits in an HTTP header and that Partoo could have issued. */
const PLAUSIBLE = /^[\x21-\x7e]{1,512}$/;
/** The longest value that is looked at: a key with all that people put around it. */
const MAX_LENGTH = 1_024;

/** What stands where a client has not filled in its configuration, or has filled in nothing. */
const PLACEHOLDERS = [
  // Variables that were not replaced: ${X}, {{X}}, {env:X}, ${{ secrets.X }}, %X%, $X, $env:X, $(X), <X>, [X], {X}.
  /[$#]?\{.*\}/,
  /^%.*%$/,
  /^\$(env:)?[a-z_]\w*$/i,
  /^\$?\(.*\)$|^<.*>$|^\[.*\]$/,
  /^(process\.env|os\.environ|env|secrets?|input|vault|op):?[./:]/i,
  // An empty variable as JavaScript, Python and Ruby print it.
  /^(undefined|null|none|nil|nan|void|empty)$/i,
  // The variable's own name, and what documentation writes for a key.
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
const QUOTED = /^(["'`])(.*)\1$/;

/** The Partoo key that a request carries; undefined if it carries none that could be one. */
export function keyIn(headers: NodeJS.Dict<string[]>): string | undefined {
  const filled = KEY_HEADERS.map(name => readHeader(headers[name])).find(value => value !== undefined);
  // A header that holds something else is never passed over for the next one: that could be another person's key.
  return filled !== undefined && PLAUSIBLE.test(filled) && !SCHEME.test(filled) ? filled : undefined;
}

/** What a header says, unwrapped; undefined where it says nothing. */
function readHeader(header: string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  // Proxies join what was sent several times with a comma and a space. No key holds a space.
  const sent = header.flatMap(value => value.split(', '));
  const values = new Set(sent.map(value => (value.length > MAX_LENGTH ? value : unwrapped(value))));
  const [value = '', ...others] = values;
  if (others.length > 0) return [...values].join(', ');
  return value === '' || PLACEHOLDERS.some(placeholder => placeholder.test(value)) ? undefined : value;
}

/** A scheme without its credentials. */
const SCHEME = /^(bearer|basic|digest|negotiate|token|api-?key):?$/i;

/** Without quotes, schemes and header names around it, in any order and number: `Bearer "Bearer abc"` is `abc`. */
function unwrapped(value: string): string {
  let inner = value.trim();
  for (;;) {
    const next = inner.replace(QUOTED, '$2').replace(PREFIX, '').trim();
    if (next === inner) return inner;
    inner = next;
  }
}

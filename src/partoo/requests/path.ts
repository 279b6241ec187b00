/**
 * Builds a URL path in which every value stays in its own segment:
 *
 *     path`/business/${'c-PAR/01'}` === '/business/c-PAR%2F01'
 *
 * Throws a RangeError for an empty value and for `.` and `..`, which URL parsers resolve even
 * when encoded and which would let an argument reach another endpoint.
 */
export function path(literals: TemplateStringsArray, ...values: (string | number)[]): string {
  let built = literals[0] ?? '';
  for (const [index, value] of values.entries()) {
    built += encodeSegment(String(value)) + (literals[index + 1] ?? '');
  }
  return built;
}

function encodeSegment(value: string): string {
  if (value === '' || value === '.' || value === '..') {
    throw new RangeError('a path segment must not be empty, "." or ".."');
  }
  // A lone surrogate makes encodeURIComponent throw; U+FFFD is what every UTF-8 encoder sends for it.
  return encodeURIComponent(value.toWellFormed());
}

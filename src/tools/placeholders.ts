/** Partoo's template markup, `@[](client_first_name)`: filled in a template, sent as it is everywhere else. */
const PLACEHOLDER = /@\[[^\]]*\]\([^)]*\)?/g;

/** The placeholders left in a text, each once. */
export function placeholdersIn(text: string | undefined): string[] {
  return [...new Set(text?.match(PLACEHOLDER) ?? [])];
}

/** For a text that goes out as it is. */
export function leftoverPlaceholders(argument: string, text: string | undefined) {
  const found = placeholdersIn(text);
  if (found.length === 0) return [];
  const message = `still holds template markup that the public would see: ${found.join(' ')}; write it out`;
  return [{ argument, message }];
}

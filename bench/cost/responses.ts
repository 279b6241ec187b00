const ROWS = 30;
const TOOLS = 14;

/** Returns what is wrong with a response body; undefined if it has 30 businesses, or 14 tools. */
export function problemWith(body: string): string | undefined {
  try {
    const { result, error, businesses } = JSON.parse(withoutStream(body));
    if (error) return `an error: ${JSON.stringify(error).slice(0, 200)}`;
    // A response of Partoo itself, without MCP around it.
    if (businesses) return wrongCount(businesses, ROWS, 'businesses');
    if (result.isError) return `isError: ${result.content?.[0]?.text?.slice(0, 200)}`;
    if (result.tools) return wrongCount(result.tools, TOOLS, 'tools');
    const { structuredContent, content } = result;
    return (
      wrongCount(JSON.parse(content[0].text).businesses, ROWS, 'businesses in its text') ??
      (structuredContent && wrongCount(structuredContent.businesses, ROWS, 'businesses'))
    );
  } catch (error) {
    return `not a valid response (${(error as Error).message}): ${body.slice(0, 200)}`;
  }
}

const wrongCount = (rows: unknown[], expected: number, what: string) =>
  rows.length === expected ? undefined : `${rows.length} ${what} instead of ${expected}`;

/** Returns the only message of an event stream. */
const withoutStream = (body: string) => /^data: (.*)$/m.exec(body)?.[1] ?? body;

/** One response in 50 is parsed. The others are checked by their length. */
const PARSE_EVERY = 50;
/** Numbers in a response vary in digits. An error is much shorter. */
const LENGTHS_DIFFER_BY = 64;

/** Returns a check of response bodies that is cheap enough not to disturb the measured server. */
export function createVerifier(onFault: (fault: string) => void): (body?: string | Buffer) => boolean {
  let known = Number.NaN;
  let seen = 0;
  return response => {
    const body = String(response);
    const alike = Math.abs(body.length - known) <= LENGTHS_DIFFER_BY;
    if (alike && ++seen % PARSE_EVERY !== 0) return true;
    const fault = problemWith(body);
    if (fault === undefined) known = body.length;
    else onFault(fault);
    return fault === undefined;
  };
}

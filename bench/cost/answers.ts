const ROWS = 30;
const TOOLS = 14;

/** What an answer has that is none: undefined for one with 30 businesses, or with 14 tools. */
export function faultOf(body: string): string | undefined {
  try {
    const { result, error, businesses } = JSON.parse(withoutStream(body));
    if (error) return `an error: ${JSON.stringify(error).slice(0, 200)}`;
    // Asked directly, Partoo answers the page itself.
    if (businesses) return countFault(businesses, ROWS, 'businesses');
    if (result.isError) return `isError: ${result.content?.[0]?.text?.slice(0, 200)}`;
    if (result.tools) return countFault(result.tools, TOOLS, 'tools');
    const { structuredContent, content } = result;
    return (
      countFault(JSON.parse(content[0].text).businesses, ROWS, 'businesses in its text') ??
      (structuredContent && countFault(structuredContent.businesses, ROWS, 'businesses'))
    );
  } catch (error) {
    return `not an answer (${(error as Error).message}): ${body.slice(0, 200)}`;
  }
}

const countFault = (rows: unknown[], expected: number, what: string) =>
  rows.length === expected ? undefined : `${rows.length} ${what}, and not ${expected}`;

/** The one message of an event stream. */
const withoutStream = (body: string) => /^data: (.*)$/m.exec(body)?.[1] ?? body;

/** Every so many answers are read; the others are known by their length. */
const READ_EVERY = 50;
/** Numbers in an answer have more digits or fewer. An error is a good deal shorter. */
const LENGTHS_DIFFER_BY = 64;

/** Answers whether a body is right, at a cost that leaves the machine to who is measured. */
export function createVerifier(tell: (fault: string) => void): (body?: string | Buffer) => boolean {
  let known = Number.NaN;
  let seen = 0;
  return answer => {
    const body = String(answer);
    const alike = Math.abs(body.length - known) <= LENGTHS_DIFFER_BY;
    if (alike && ++seen % READ_EVERY !== 0) return true;
    const fault = faultOf(body);
    if (fault === undefined) known = body.length;
    else tell(fault);
    return fault === undefined;
  };
}

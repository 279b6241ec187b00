import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOC_URL = 'https://mcp.example.com/mcp';
const DOC_KEY = 'YOUR_PARTOO_KEY';

export type Language = 'json' | 'sh' | 'ts' | 'nginx';

/**
 * Returns the code blocks of one language in the section with this heading, of docs/clients.md unless another page is
 * named. Throws if there is none: a test must not pass because a snippet was removed.
 */
export function snippets(heading: string, language: Language, page = 'docs/clients.md'): string[] {
  const lines = readFileSync(join(import.meta.dirname, '../..', page), 'utf8').split('\n');
  const starts = lines.flatMap((line, i) => (/^#+ /.test(line) && line.endsWith(` ${heading}`) ? [i] : []));
  if (starts.length !== 1) throw new Error(`${page} has ${starts.length} sections "${heading}", not one`);
  const rest = lines.slice((starts[0] as number) + 1);
  const end = rest.findIndex(line => /^##+ /.test(line));
  const section = rest.slice(0, end === -1 ? undefined : end).join('\n');
  const fence = new RegExp(`^\`\`\`${language}\\n([^]*?)\\n\`\`\`$`, 'gm');
  const blocks = [...section.matchAll(fence)].map(([, block]) => block as string);
  if (blocks.length === 0) throw new Error(`${page} has no ${language} block under "${heading}"`);
  return blocks;
}

/** Returns the only block of a client, with the URL and key of this server. */
export function clientSnippet(
  heading: string,
  language: Language,
  server: { url?: string; key?: string },
): string {
  const blocks = snippets(heading, language);
  if (blocks.length !== 1) throw new Error(`${blocks.length} ${language} blocks under "${heading}", not one`);
  return fillIn(blocks[0] as string, server);
}

/** Replaces the documented URL and key. Throws if one that is given does not occur in the block. */
export function fillIn(block: string, { url, key }: { url?: string; key?: string }): string {
  const values: [string, string | undefined][] = [
    [DOC_URL, url],
    [DOC_KEY, key],
  ];
  return values.reduce((text, [place, value]) => {
    if (value === undefined) return text;
    if (!text.includes(place)) throw new Error(`no ${place} in:\n${block}`);
    return text.replaceAll(place, value);
  }, block);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const README = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

const URL_IN_README = 'https://mcp.example.com/mcp';
const KEY_IN_README = 'YOUR_PARTOO_KEY';

export type Language = 'json' | 'sh' | 'ts';

/**
 * The code blocks of one language that the README has for a client, from the line that begins with its name in bold
 * (or from a heading) to the next one. Throws where there is none: what is not written down cannot be tested.
 */
export function readmeBlocks(name: string, language: Language): string[] {
  const begins = (line: string) =>
    line.startsWith(`**${name}`) || (/^#+ /.test(line) && line.endsWith(` ${name}`));
  const lines = README.split('\n');
  const starts = lines.flatMap((line, i) => (begins(line) ? [i] : []));
  if (starts.length !== 1) throw new Error(`README.md has ${starts.length} sections for "${name}", not one`);
  const rest = lines.slice((starts[0] as number) + 1);
  const end = rest.findIndex(line => /^(\*\*|#+ )/.test(line));
  const section = rest.slice(0, end === -1 ? undefined : end).join('\n');
  const fence = new RegExp(`^\`\`\`${language}\\n([^]*?)\\n\`\`\`$`, 'gm');
  const blocks = [...section.matchAll(fence)].map(([, block]) => block as string);
  if (blocks.length === 0) throw new Error(`README.md has no ${language} block for "${name}"`);
  return blocks;
}

/** The one block of a client, for this server: its URL and, where the block has one, its key in their places. */
export function readmeBlock(
  name: string,
  language: Language,
  server: { url?: string; key?: string },
): string {
  const blocks = readmeBlocks(name, language);
  if (blocks.length !== 1) throw new Error(`README.md has ${blocks.length} ${language} blocks for "${name}"`);
  return fillIn(blocks[0] as string, server);
}

/** Puts URL and key in the places of the README's. Throws where one that is given has no place. */
export function fillIn(block: string, { url, key }: { url?: string; key?: string }): string {
  const values: [string, string | undefined][] = [
    [URL_IN_README, url],
    [KEY_IN_README, key],
  ];
  return values.reduce((text, [place, value]) => {
    if (value === undefined) return text;
    if (!text.includes(place)) throw new Error(`README.md has no ${place} in:\n${block}`);
    return text.replaceAll(place, value);
  }, block);
}

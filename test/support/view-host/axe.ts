import axe, { type AxeResults } from 'axe-core';
import type { ShownView } from './view-host.ts';

/** Returns what axe finds in a view: the rule and the elements. */
export async function violationsIn({ frame }: ShownView): Promise<[string, string[]][]> {
  await frame.evaluate(axe.source);
  const { violations, incomplete } = (await frame.evaluate('axe.run()')) as AxeResults;
  return [...violations, ...incomplete].map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}

/** Returns by how many pixels a view is wider than its frame. */
export const overflowOf = ({ frame }: ShownView): Promise<number> =>
  frame.evaluate('document.documentElement.scrollWidth - innerWidth');

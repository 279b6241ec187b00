import { headerLine, type Snippet, shellWord } from './header.ts';

function wordsOf(...[url, header, { name, args }]: Parameters<Snippet>): string[] {
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } };
  return [
    `curl -s ${shellWord(url)} -H 'content-type: application/json'`,
    ...(header ? [`-H '${headerLine(header)}'`] : []),
    `-d '${JSON.stringify(call)}'`,
  ];
}

export const curl: Snippet = (...given) => wordsOf(...given).join(' \\\n  ');

/** The same on one line. */
export const curlLine: Snippet = (...given) => wordsOf(...given).join(' ');

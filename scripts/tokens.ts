import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { describeTools } from '../src/mcp/catalog/tool-list.ts';
import { tools as everyTool } from '../src/tools/index.ts';
import { type FixedServer, startFixedServer } from './support/fixed-server.ts';
import { CHECKS, writeOrCheck, writeOrCheckSection } from './support/generated-file.ts';
import { grouped, listCost, toolCost } from './support/tool-tokens.ts';

/** Measures the tokens of the tool list and of typical results, and writes docs/tokens.md. With `--check` it compares. */

const NOW = new Date('2026-06-15T12:00:00Z');

interface Call {
  what: string;
  tool: string;
  args: Record<string, unknown>;
}

interface ListedTool {
  name: string;
  inputSchema: { properties: Record<string, unknown> };
  outputSchema: object;
}

interface Result {
  isError?: boolean;
  content: [{ text: string }];
}

const METRICS = 'business_impressions_mobile_search,website_clicks,call_clicks,business_direction_requests';
const YEAR = { filter_date__gte: '2025-06-01', filter_date__lte: '2026-05-31' };

const calls = (businessId: string, conversationId: number): Call[] => [
  { what: 'Businesses, first page', tool: 'search_businesses', args: {} },
  { what: 'One business', tool: 'get_business', args: { business_id: businessId } },
  { what: 'Reviews, first page', tool: 'search_reviews', args: {} },
  { what: 'Reviews without a reply', tool: 'search_reviews', args: { state__in: 'not_treated' } },
  {
    what: 'Ratings by business',
    tool: 'get_review_metrics',
    args: { metrics: 'average_rating,reviews_count', dimensions: 'business' },
  },
  { what: 'Conversations, first page', tool: 'list_conversations', args: {} },
  { what: 'Messages of a conversation', tool: 'list_messages', args: { conversation_id: conversationId } },
  { what: 'Posts, first page', tool: 'search_posts', args: {} },
  { what: 'Live posts', tool: 'search_posts', args: { state__in: 'live' } },
  {
    what: 'A year of profile metrics, by business and month',
    tool: 'get_profile_metrics',
    args: { metrics: METRICS, dimensions: 'business,month', ...YEAR, per_page: 100 },
  },
  {
    what: 'Keywords of one business',
    tool: 'get_profile_keywords',
    args: { metrics: 'count,threshold', dimensions: 'keyword', business__in: businessId, ...YEAR },
  },
];

const server = await startFixedServer(NOW);
const { tools } = await server.ask<{ tools: ListedTool[] }>('tools/list', {});
const optional = describeTools(everyTool.filter(({ optional }) => optional));
const rows: string[] = [];
for (const call of await typicalCalls(server)) rows.push(await measure(call));
await server.close();

const list = `The JSON as it is served. Not every client shows the model the \`outputSchema\`s.

| tool | tokens | with its outputSchema |
|---|---:|---:|
${listTable()}`;

const results = `Typical calls on the Partoo emulator of ${NOW.toISOString().slice(0, 10)}, with the arguments shown. *Partoo* is the JSON that Partoo returned
to the same request, *result* our text and its share of that, *full* the same with \`detail: "full"\`. Delimiters have six digits,
so all cost the same.

| | tool | rows | Partoo | result | | full | | arguments |
|---|---|---:|---:|---:|---:|---:|---:|---|
${rows.join('\n')}`;
writeOrCheckSection('docs/tokens.md', 'tool-list', list, 'npm run tokens');
writeOrCheckSection('docs/tokens.md', 'results', results, 'npm run tokens');
writeOrCheck(
  'src/http/connect-page/model/tool-tokens.json',
  `${JSON.stringify(tokensOfTools(), null, 2)}\n`,
  'npm run tokens',
);
if (!CHECKS) process.stdout.write(`${list}\n\n${results}\n`);

function listTable(): string {
  const line = (name: string, { tokens, withOutput }: ReturnType<typeof toolCost>) =>
    `| ${name} | ${grouped(tokens)} | ${grouped(withOutput)} |`;
  return [
    ...tools.map(tool => line(`\`${tool.name}\``, toolCost(tool))),
    line('**the default list**', listCost(tools)),
    ...optional.map(tool => line(`\`${tool.name}\`, optional`, toolCost(tool))),
    line('**all tools**', listCost([...tools, ...optional])),
  ].join('\n');
}

/** The same for the connect page. `frame`: what a list costs besides its tools. */
function tokensOfTools(): { frame: number; tools: Record<string, number> } {
  const all = [...tools, ...optional];
  const costs = all.map(tool => [tool.name, toolCost(tool).tokens] as const);
  const sum = costs.reduce((total, [, tokens]) => total + tokens, 0);
  return { frame: listCost(all).tokens - sum, tools: Object.fromEntries(costs) };
}

/** The calls, with ids that the emulator has. */
async function typicalCalls({ partoo }: FixedServer): Promise<Call[]> {
  const { businesses } = JSON.parse(await partoo('/business/search?per_page=1'));
  const { conversations } = JSON.parse(await partoo('/conversations?per_page=1'));
  return calls(businesses[0].id, conversations[0].id);
}

async function measure({ what, tool, args }: Call): Promise<string> {
  server.asked();
  const result = await callTool(tool, args);
  // The first is the page; names of businesses may follow.
  const [page = ''] = server.asked();
  const json = await server.partoo(page);
  const partoo = countTokens(json);

  const hasDetail = tools.some(
    ({ name, inputSchema }) => name === tool && 'detail' in inputSchema.properties,
  );
  const full = hasDetail ? await callTool(tool, { ...args, detail: 'full' }) : undefined;
  const cells = [
    what,
    `\`${tool}\``,
    grouped(rowsIn(json)),
    grouped(partoo),
    ...tokensAndPart(result, partoo),
    ...tokensAndPart(full, partoo),
    `\`${JSON.stringify(args)}\``,
  ];
  return `| ${cells.join(' | ')} |`;
}

async function callTool(name: string, args: object): Promise<string> {
  const { isError, content } = await server.ask<Result>('tools/call', { name, arguments: args });
  if (isError) throw new Error(`${name} failed: ${content[0].text}`);
  return content[0].text;
}

function tokensAndPart(result: string | undefined, partoo: number): string[] {
  if (result === undefined) return ['', ''];
  const tokens = countTokens(result);
  return [grouped(tokens), `${Math.round((100 * tokens) / partoo)} %`];
}

/** Counts the rows of a response; a response without a list is one. */
function rowsIn(json: string): number {
  const result: Record<string, unknown> = JSON.parse(json);
  if (!('count' in result)) return 1;
  return Object.values(result).find(Array.isArray)?.length ?? 0;
}

/** A tool call that snippets make: short, and a good first look. */
export interface ExampleCall {
  name: string;
  args: Record<string, unknown>;
}

/** One of each toolset, all of them tools that read. */
const CALLS: readonly [ExampleCall, ...ExampleCall[]] = [
  { name: 'search_businesses', args: { per_page: 3 } },
  { name: 'search_reviews', args: { per_page: 3 } },
  { name: 'list_conversations', args: { per_page: 3 } },
  { name: 'search_posts', args: { per_page: 3 } },
  { name: 'get_profile_metrics', args: { metrics: 'call_clicks' } },
  { name: 'get_account', args: {} },
];

/** Returns a call that a connection with these tools can make. */
export const exampleCall = (toolNames: readonly string[]): ExampleCall =>
  CALLS.find(({ name }) => toolNames.includes(name)) ?? CALLS[0];

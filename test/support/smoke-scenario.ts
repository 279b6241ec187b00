import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { DEFAULT_TOOLS } from '../../src/mcp/tool-filter/enabled-tools.ts';

type Values = Record<string, unknown>;

export interface Step {
  name: string;
  arguments: Record<string, string | number>;
}

/** The smoke scenario: a client lists the tools, reads, writes, and reads back what it wrote. */
export interface SmokeRun {
  /** The names of the listed tools. */
  listed: string[];
  /** The result of each step. */
  results: Values[];
  /** The message that the client sent. */
  message: string;
}

export interface RealClient {
  listTools(): Promise<string[]>;
  call(name: string, args: Step['arguments']): Promise<Values>;
}

/** A client of either SDK, once connected. */
interface SdkClient {
  listTools(): Promise<{ tools: { name: string }[] }>;
  callTool(params: { name: string; arguments: Values }): Promise<Values>;
}

export const throughSdk = (client: SdkClient): RealClient => ({
  listTools: async () => (await client.listTools()).tools.map(({ name }) => name),
  call: async (name, args) => (await client.callTool({ name, arguments: args })).structuredContent as Values,
});

const CONVERSATION = 30001;

/** Returns a unique text: the server would not send the same text twice. */
export const newMessage = () => `See you on Saturday (${randomUUID()})`;

export const steps = (message: string): Step[] => [
  { name: 'search_businesses', arguments: { city: 'Lyon' } },
  { name: 'send_message', arguments: { conversation_id: CONVERSATION, content: message } },
  { name: 'list_messages', arguments: { conversation_id: CONVERSATION } },
];

export async function runSmokeScenario(client: RealClient): Promise<SmokeRun> {
  const message = newMessage();
  const listed = await client.listTools();
  const results: Values[] = [];
  for (const { name, arguments: args } of steps(message)) results.push(await client.call(name, args));
  return { listed, results, message };
}

/** The result of every search for the shops in Lyon. */
export const IN_LYON = { count: 5, has_more: false };

export function expectSmokePassed({ listed, results, message }: SmokeRun): void {
  expect(listed).toEqual(DEFAULT_TOOLS.map(({ name }) => name));
  const [found, sent, thread] = results;
  expect(found, 'the shops in Lyon').toMatchObject(IN_LYON);
  expect(sent).toMatchObject({ status: 'success', message_id: expect.any(Number) });
  expect(sent?.repeated, 'really sent, not repeated').toBeUndefined();
  const messages = (thread as { messages: { id: number; content: string }[] }).messages;
  expect(messages.find(({ id }) => id === sent?.message_id)?.content).toContain(message);
}

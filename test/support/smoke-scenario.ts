import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { tools } from '../../src/tools/index.ts';

type Values = Record<string, unknown>;

export interface Step {
  name: string;
  arguments: Record<string, string | number>;
}

/** What every real client does: list the tools, read, write, and read what it wrote. */
export interface Errand {
  /** The names of the tools that the client listed. */
  listed: string[];
  /** What it got from each step, in order. */
  answers: Values[];
  /** What it wrote. */
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

/** A message that nobody has sent before: the same one again would be answered and not sent. */
export const newMessage = () => `See you on Saturday (${randomUUID()})`;

export const steps = (message: string): Step[] => [
  { name: 'search_businesses', arguments: { city: 'Lyon' } },
  { name: 'send_message', arguments: { conversation_id: CONVERSATION, content: message } },
  { name: 'list_messages', arguments: { conversation_id: CONVERSATION } },
];

/** Has a client do it all against the demo. */
export async function runErrand(client: RealClient): Promise<Errand> {
  const message = newMessage();
  const listed = await client.listTools();
  const answers: Values[] = [];
  for (const { name, arguments: args } of steps(message)) answers.push(await client.call(name, args));
  return { listed, answers, message };
}

/** What every search for the shops in Lyon finds. */
export const IN_LYON = { count: 5, has_more: false };

export function expectDone({ listed, answers, message }: Errand): void {
  expect(listed).toEqual(tools.map(({ name }) => name));
  const [found, sent, thread] = answers;
  expect(found, 'the shops in Lyon').toMatchObject(IN_LYON);
  expect(sent).toMatchObject({ status: 'success', message_id: expect.any(Number) });
  expect(sent?.repeated, 'it was really sent').toBeUndefined();
  const messages = (thread as { messages: { id: number; content: string }[] }).messages;
  expect(messages.find(({ id }) => id === sent?.message_id)?.content).toContain(message);
}

import { expect } from 'vitest';
import { tools } from '../../src/tools/index.ts';

type Values = Record<string, unknown>;

const CONVERSATION = 30001;
const MESSAGE = 'Thank you, see you on Saturday';

/** What every real client does: list the tools, read, write, and read what it wrote. */
export const ERRAND: { name: string; arguments: Record<string, string | number> }[] = [
  { name: 'search_businesses', arguments: { city: 'Lyon' } },
  { name: 'send_message', arguments: { conversation_id: CONVERSATION, content: MESSAGE } },
  { name: 'list_messages', arguments: { conversation_id: CONVERSATION } },
];

export interface Errand {
  /** The names of the tools that the client listed. */
  listed: string[];
  /** What it got from each call, in order. */
  answers: Values[];
}

export interface RealClient {
  listTools(): Promise<string[]>;
  call(name: string, args: Record<string, string | number>): Promise<Values>;
}

/** Has a client do it all against the demo. */
export async function runErrand(client: RealClient): Promise<Errand> {
  const listed = await client.listTools();
  const answers: Values[] = [];
  for (const { name, arguments: args } of ERRAND) answers.push(await client.call(name, args));
  return { listed, answers };
}

export function expectDone({ listed, answers }: Errand): void {
  expect(listed).toEqual(tools.map(({ name }) => name));
  const [found, sent, thread] = answers;
  expect(found, 'the five shops in Lyon of whom demo-admin sees').toMatchObject({
    count: 5,
    has_more: false,
  });
  expect(sent).toMatchObject({ status: 'success', message_id: expect.any(Number) });
  const messages = (thread as { messages: { id: number; content: string }[] }).messages;
  const ours = messages.find(({ id }) => id === sent?.message_id);
  expect(ours?.content, 'in a fence').toContain(MESSAGE);
}

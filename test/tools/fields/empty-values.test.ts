import { expect, test } from 'vitest';
import { parseArguments } from '../../../src/mcp/calls/arguments.ts';
import type { Tool } from '../../../src/tools/definition/define-tool.ts';
import { tools } from '../../../src/tools/index.ts';

/** A value that could mean "leave it" or "clear it" must not reach a business. */

const update = tools.find(({ name }) => name === 'update_business') as Tool;
const refused = expect.objectContaining({ code: 'invalid_input' });

test.each([
  { photos: { LOGO: null, primary: null, secondary: null } },
  { contacts: [{ name: null, email: null }] },
  { contacts: [null] },
  { groups: [null] },
  { categories: [null] },
  { specific_hours: { open: [null], close: [] } },
  { region: 'NULL' },
  { name: 'Undefined' },
  { code: 2 ** 60 },
  { contacts: "[{'name': 'Jean d\\'Arc'}]" },
])('an update with %j is refused', fields => {
  expect(() => parseArguments(update, { business_id: 'x', ...fields })).toThrow(refused);
});

test('a null beside another value is left out', () => {
  const contacts = [{ name: 'Desk', email: null }, null];
  expect(parseArguments(update, { business_id: 'x', contacts })).toMatchObject({
    contacts: [{ name: 'Desk' }],
  });
});

test('an idempotency key that stands for no value is left out: it would make different writes one', () => {
  const send = tools.find(({ name }) => name === 'send_message') as Tool;
  const args = { conversation_id: 1, content: 'x' };
  for (const idempotency_key of ['None', 'null', '']) {
    expect(parseArguments(send, { ...args, idempotency_key })).toEqual(args);
  }
});

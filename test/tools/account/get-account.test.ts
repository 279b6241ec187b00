import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectV2 } from '../../support/clients.ts';
import { type RunningPair, startPair } from '../../support/start.ts';
import { testTool } from '../../support/tool-test.ts';

testTool('get_account', {
  works: {
    args: { with_permissions: true },
    key: 'demo-manager',
    sends: () => [
      { method: 'GET', url: '/org/1' },
      {
        method: 'GET',
        url: '/business/search?status=open,closed,opening_soon,temporarily_closed&page=1&per_page=1',
      },
      { method: 'GET', url: '/permissions' },
    ],
    reads(result) {
      expect(result).toMatchObject({
        user: { first_name: 'Ines', last_name: 'Garnier', role: 'BUSINESS_MANAGER' },
        organization: { id: 1, name: 'Maison Solène' },
        businesses: 5,
        role_may: expect.arrayContaining(['business_edit', 'review_reply']),
      });
      expect(result.role_may).not.toContain('business_edit_name');
    },
  },
  refuses: [
    { why: 'a malformed flag', args: { with_permissions: 'maybe' }, problems: [/^with_permissions: /m] },
  ],
});

let pair: RunningPair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.close());

test('what is known of a restricted key is returned, and the note says that it may do less than its role', async () => {
  const client = await connectV2(`${pair.url}?tools=get_account`, { 'x-APIKey': 'demo-reader' });
  const { structured: usual } = await client.call('get_account', { with_permissions: true });
  expect(usual).toMatchObject({ user: { first_name: 'Marc', role: 'ORG_ADMIN' } });
  expect(usual?.note).toContain('this key itself, may have been given less');
  expect(usual).not.toHaveProperty('permissions');

  const restricted = { has_restricted_permissions: true, permissions: ['review_read'] };
  const body = { ...(usual?.user as object), org_id: 1, ...restricted };
  pair.partoo.faults.add({ kind: 'status', status: 200, body, path: '/v2/user/me', key: 'demo-reader' });
  const { structured } = await client.call('get_account', {});
  expect(structured).toMatchObject({
    user: { has_restricted_permissions: true },
    permissions: ['review_read'],
  });
  await client.close();
});

test('what Partoo does not tell is left out, and the rest is returned', async () => {
  const client = await connectV2(`${pair.url}?tools=get_account`, { 'x-APIKey': 'demo-admin' });
  pair.partoo.faults.add({ kind: 'status', status: 403, path: /\/org\// });
  const { isError, structured } = await client.call('get_account', {});
  expect(isError).toBe(false);
  expect(structured).toMatchObject({ user: { role: 'ORG_ADMIN' }, organization: { id: 1 } });
  expect(structured).not.toHaveProperty('organization.name');
  await client.close();
});

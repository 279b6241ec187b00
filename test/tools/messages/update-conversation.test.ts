import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COLLEAGUE, MANAGER, OTHER } from '../../../src/partoo-emulator/model/keys.ts';
import { connectPlain, errorIn, type TestClient } from '../../support/clients.ts';
import { type RunningPair, startPair } from '../../support/start.ts';
import { fetchFromEmulator, testTool } from '../../support/tool-test.ts';

testTool('update_conversation', {
  works: {
    args: { conversation_id: 30_001, status: 'closed' },
    sends: () => ({ method: 'PATCH', url: '/conversations/30001', body: { status: 'closed' } }),
    reads(result) {
      expect(result).toMatchObject({ status: 'success', note: expect.stringContaining('solved') });
    },
  },
  refuses: [
    {
      why: 'a status and a user at once, and says how to do both',
      args: { conversation_id: 30_001, status: 'open', assigned_user_id: 'unassigned' },
      problems: [/^assigned_user_id: cannot go with status: make two calls/m],
    },
    {
      why: 'a call that changes nothing',
      args: { conversation_id: 30_001 },
      problems: [/^status: give status or assigned_user_id/m],
    },
    {
      why: 'a user by name and a status that Partoo does not have',
      args: { conversation_id: 30_001, status: 'archived', assigned_user_id: 'Marc' },
      problems: [/^status: must be one of open, closed/m, /^assigned_user_id: must be a user id of 24 hex/m],
    },
  ],
});

describe('update_conversation', () => {
  let pair: RunningPair;
  let client: TestClient;
  beforeAll(async () => {
    pair = await startPair();
    client = await connectPlain(`${pair.url}?toolsets=all`, { 'x-APIKey': 'demo-admin' });
  });
  afterAll(() => pair.close());

  const update = (args: Record<string, unknown>) =>
    client.call('update_conversation', { conversation_id: 30_004, ...args });
  const shown = () => fetchFromEmulator(pair, '/conversations/30004');

  test('hands a conversation over and takes it back', async () => {
    const given = await update({ assigned_user_id: COLLEAGUE.id.toUpperCase() });
    expect(given.isError, given.text).toBe(false);
    expect(await shown()).toMatchObject({ assigned_user_id: COLLEAGUE.id });
    const taken = await update({ assigned_user_id: 'Unassigned' });
    expect(taken.structured).toMatchObject({ note: expect.stringContaining('Nobody') });
    expect(await shown()).toMatchObject({ assigned_user_id: null });
  });

  test('closes, opens and closes again: three changes', async () => {
    for (const status of ['closed', 'open', 'closed']) {
      const result = await update({ status });
      expect(result.structured, result.text).not.toHaveProperty('repeated');
      expect(await shown()).toMatchObject({ is_solved: status === 'closed' });
    }
  });

  test.each([
    ['an expired conversation', { conversation_id: 30_060, status: 'open' }, /expired/],
    ['a user of another organization', { assigned_user_id: OTHER.id }, /Not an active user/],
  ])('passes on why Partoo refuses %s', async (_, args, problem) => {
    const error = errorIn(await update(args));
    expect(error.code).toBe('invalid_input');
    expect(error.problems?.join()).toMatch(problem);
  });

  test.each([
    [{ status: 'open' }, { is_solved: false }],
    [{ assigned_user_id: MANAGER.id }, { assigned_user_id: MANAGER.id }],
    [{ assigned_user_id: 'unassigned' }, { assigned_user_id: null }],
  ])('%j is certain after a lost response, because Partoo shows it', async (change, state) => {
    const { conversations } = await fetchFromEmulator(pair, '/conversations?per_page=100', 'demo-manager');
    const [mine] = (conversations as { id: number; is_expired: boolean }[]).filter(row => !row.is_expired);
    const path = `/v2/conversations/${mine?.id}`;
    pair.partoo.faults.add({ kind: 'status', status: 200, body: {}, method: 'PATCH', path, when: 'after' });
    const result = await update({ conversation_id: mine?.id, ...change });
    expect(result.isError, result.text).toBe(false);
    expect(await fetchFromEmulator(pair, `/conversations/${mine?.id}`)).toMatchObject(state);
  });

  test('is in doubt when Partoo shows another state than the one asked for', async () => {
    const fault = { kind: 'status', status: 200, method: 'PATCH', path: '/v2/conversations/30002' } as const;
    pair.partoo.faults.add({ ...fault, body: {} });
    const before = await fetchFromEmulator(pair, '/conversations/30002');
    const status = before.is_solved ? 'open' : 'closed';
    const error = errorIn(await update({ conversation_id: 30_002, status }));
    expect(error.code).toBe('outcome_unknown');
    expect(error.next_step).toContain('get_conversation');
  });
});

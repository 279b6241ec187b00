import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { hashKey } from '../../../src/http/authentication/key-hash.ts';
import { createCallTool } from '../../../src/mcp/calls/call-tool.ts';
import { NO_INSTRUMENTATION } from '../../../src/mcp/calls/instrumentation.ts';
import { newMessage } from '../../../src/partoo/api/messages.ts';
import type { Fault } from '../../../src/partoo-emulator/emulator.ts';
import { defineTool } from '../../../src/tools/definition/define-tool.ts';
import { flag } from '../../../src/tools/fields/index.ts';
import { connectPlain } from '../../support/clients.ts';
import { rpc } from '../../support/rpc.ts';
import { type RunningPair, startPair } from '../../support/start.ts';

let pair: RunningPair;
beforeAll(async () => {
  pair = await startPair({
    UPSTREAM_TIMEOUT_MS: '3000',
    TOOL_DEADLINE_MS: '10000',
    RATE_LIMIT_MAX_WAIT_MS: '1000',
  });
});
afterAll(() => pair.close());

const toolCalls = () => pair.log.filter(line => line.msg === 'tool call');

test('each tool call logs one line: tool, key hash, outcome, times, attempts, request id', async () => {
  const client = await connectPlain(pair.url, { 'x-APIKey': 'demo-admin' });
  pair.log.length = 0;
  await client.call('search_businesses');
  await client.call('get_business', { business_id: 'c-NOWHERE' });
  expect(toolCalls()).toEqual([
    expect.objectContaining({
      tool: 'search_businesses',
      keyHash: hashKey('demo-admin', ''),
      outcome: 'ok',
      ms: expect.any(Number),
      waitedMs: expect.any(Number),
      attempts: 1,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    }),
    expect.objectContaining({ tool: 'get_business', outcome: 'not_found', attempts: 1 }),
  ]);
});

/** Calls a tool and disconnects while it runs. */
async function callAndLeave(name: string, args: Record<string, unknown>, fault: Fault) {
  pair.log.length = 0;
  pair.partoo.faults.add(fault);
  const leaving = new AbortController();
  const call = fetch(pair.url, {
    method: 'POST',
    signal: leaving.signal,
    headers: { 'content-type': 'application/json', 'x-APIKey': 'demo-admin' },
    body: JSON.stringify(rpc('tools/call', { name, arguments: args })),
  });
  await sleep(100);
  leaving.abort();
  await expect(call).rejects.toThrow();
}

test('a client that disconnects during a read ends the call, and the log says cancelled', async () => {
  await callAndLeave('search_businesses', {}, { kind: 'latency', ms: 250 });
  await expect
    .poll(() => toolCalls())
    .toEqual([expect.objectContaining({ outcome: 'cancelled', attempts: 1 })]);
});

test('a client that disconnects during a write does not stop it, and the log has its outcome', async () => {
  const message = { conversation_id: 30001, content: 'See you tomorrow' };
  await callAndLeave('send_message', message, { kind: 'latency', ms: 250 });
  await expect.poll(() => toolCalls()).toEqual([expect.objectContaining({ outcome: 'ok', attempts: 1 })]);
});

test('a write that may have happened has an unknown outcome if the client disconnects before the next attempt', async () => {
  const change = { business_id: 'c-PAR/01', region: 'Normandie' };
  await callAndLeave('update_business', change, {
    kind: 'status',
    status: 503,
    headers: { 'retry-after': '1' },
  });
  await expect
    .poll(() => toolCalls(), { timeout: 3_000 })
    .toEqual([expect.objectContaining({ outcome: 'outcome_unknown', attempts: 1 })]);
});

test('a fault of this server is reported with the request id, and after a write as an unknown outcome', async () => {
  const broken = defineTool({
    name: 'break',
    title: 'Break',
    description: 'Breaks after it has asked Partoo.',
    effect: 'adds',
    consequence: 'breaks',
    input: { asks: flag('') },
    output: z.object({}),
    recoveryHint: 'Look.',
    request({ asks }) {
      if (!asks) throw new TypeError('boom');
      return newMessage(1, 'Hello');
    },
    result() {
      throw new TypeError('boom');
    },
  });
  const lines: Record<string, unknown>[] = [];
  const callTool = createCallTool({
    checkKey: async () => 'organization',
    businessNames: undefined,
    openPartoo: ({ stats }) => ({ write: async () => void stats.attempts++ }) as never,
    deadlineMs: 1_000,
    maxInFlight: 10,
    acceptance: { accepts: () => true, hasBeenAccepted: async () => true },
    writes: undefined,
    resultTokenBudget: 20_000,
    instrumentation: NO_INSTRUMENTATION,
    log: pino({}, { write: line => lines.push(JSON.parse(line)) }),
  });
  const call = async (asks: boolean) => {
    const caller = { key: 'k', keyHash: 'h', callerHash: 'h', sealingKey: () => randomBytes(32) };
    const signal = new AbortController().signal;
    const { text } = await callTool({
      name: 'break',
      arguments: { asks },
      caller,
      enabledTools: { tools: [broken], addable: [], disabled: new Map() },
      signal,
      requestId: 'r-1',
      protocolVersion: undefined,
      carriers: [],
    });
    return JSON.parse(text).error;
  };
  expect(await call(false)).toMatchObject({ code: 'internal', request_id: 'r-1' });
  expect(await call(true)).toMatchObject({
    code: 'outcome_unknown',
    next_step: expect.stringContaining('Look.'),
  });
  expect(lines[0]).toMatchObject({ level: 50, cause: { name: 'TypeError', message: 'boom' } });
});

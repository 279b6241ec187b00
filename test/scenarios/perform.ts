import { setTimeout as sleep } from 'node:timers/promises';
import type { Connect, TestClient, ToolResult } from '../support/clients.ts';
import { type RunningPair, startPair } from '../support/start.ts';
import type { Actor } from './actor.ts';
import type { Outcome, Scenario } from './scenario.ts';
import { changesBetween, isFromTest, NOW, queryEmulator, readWorld, type World } from './world.ts';

export interface Performance {
  scenario: Scenario;
  connect: Connect;
  actor: Actor;
  /** The emulator's initial state. */
  before: World;
  judge(outcome: Outcome): void | Promise<void>;
}

/** Lets an actor carry out a scenario against an emulator of its own, and judges the outcome. */
export async function perform({ scenario, connect, actor, before, judge }: Performance): Promise<void> {
  const { key = 'demo-admin', query = '', env, given, says } = scenario;
  // A high limit, because the judge's requests count too.
  const pair = await startPair(env, { now: NOW, rateLimitPerMinute: 10_000 });
  try {
    const client = await connect(`${pair.url}${query}`, { 'x-APIKey': key });
    const tools = await client.listTools();
    given?.(pair);
    const said = await actor.act(says, {
      today: NOW.toISOString().slice(0, 10),
      instructions: client.instructions ?? '',
      tools,
      call: callOrRefusal(client),
      wait: async seconds => void (await sleep(seconds * 1_000)),
    });
    await client.close();
    await judge(await outcomeOf(pair, said, before));
  } finally {
    await pair.close();
  }
}

async function outcomeOf({ partoo, received }: RunningPair, said: string, before: World): Promise<Outcome> {
  partoo.faults.clear();
  const after = await readWorld(partoo);
  return {
    said,
    before,
    after,
    changed: changesBetween(before, after),
    requests: received().filter(request => !isFromTest(request)),
    query: path => queryEmulator(partoo, path),
  };
}

/** Returns protocol errors, such as an unknown tool, as results. */
function callOrRefusal(client: TestClient) {
  return async (tool: string, args?: Record<string, unknown>): Promise<ToolResult> => {
    try {
      return await client.call(tool, args);
    } catch (error) {
      return { isError: true, text: String(error), structured: undefined };
    }
  };
}

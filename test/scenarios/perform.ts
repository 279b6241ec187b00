import { setTimeout as sleep } from 'node:timers/promises';
import type { Connect, TestClient, ToolResult } from '../support/clients.ts';
import { type RunningPair, startPair } from '../support/start.ts';
import type { Actor } from './actor.ts';
import type { Outcome, Scenario } from './scenario.ts';
import { changesBetween, isOurs, NOW, queryEmulator, readWorld, type World } from './world.ts';

export interface Performance {
  scenario: Scenario;
  connect: Connect;
  actor: Actor;
  /** What is in the emulator before anybody has done anything. */
  before: World;
  judge(outcome: Outcome): void | Promise<void>;
}

/** Gives an actor the manager's sentence and all it takes, in an emulator of its own, and judges what has become of it. */
export async function perform({ scenario, connect, actor, before, judge }: Performance): Promise<void> {
  const { key = 'demo-admin', query = '', env, given, says } = scenario;
  // What the judge asks counts at the emulator too.
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
    requests: received().filter(request => !isOurs(request)),
    ask: path => queryEmulator(partoo, path),
  };
}

/** An error of the protocol, such as an unknown tool, is an answer to whoever has made the call. */
function callOrRefusal(client: TestClient) {
  return async (tool: string, args?: Record<string, unknown>): Promise<ToolResult> => {
    try {
      return await client.call(tool, args);
    } catch (error) {
      return { isError: true, text: String(error), structured: undefined };
    }
  };
}

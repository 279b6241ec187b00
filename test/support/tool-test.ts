import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLIENTS, errorIn, type TestClient } from './clients.ts';
import { type RunningPair, startPair } from './start.ts';

type Args = Record<string, unknown>;

interface Sent {
  method: string;
  url: string;
  body?: unknown;
}

export interface ToolExpectations {
  /** A valid call. `args` may be a function that reads ids from the emulator. */
  works: {
    args: Args | ((pair: RunningPair) => Args | Promise<Args>);
    key?: string;
    /** The requests that Partoo must receive, besides lookups; `body` for writes. */
    sends: (args: Args) => Sent | Sent[];
    /** Checks the result. */
    reads: (result: Args, args: Args) => void;
  };
  /** Invalid arguments, with a pattern for each problem. No request may reach Partoo. */
  refuses: { why: string; args: Args; problems: RegExp[] }[];
}

/** Tests one tool against the Partoo emulator through every kind of client, over HTTP. */
export function testTool(name: string, { works, refuses }: ToolExpectations): void {
  describe.each(CLIENTS)(`${name} through $client`, ({ connect }) => {
    let pair: RunningPair;
    let client: TestClient;
    beforeAll(async () => {
      pair = await startPair();
      client = await connect(`${pair.url}?toolsets=all`, { 'x-APIKey': works.key ?? 'demo-admin' });
      // After listing, SDK clients validate every result against the tool's outputSchema.
      await client.listTools();
    });
    afterAll(async () => {
      await client.close();
      await pair.close();
    });

    test('sends Partoo the documented request and returns a complete result', async () => {
      const args = typeof works.args === 'function' ? await works.args(pair) : works.args;
      pair.received();
      const result = await client.call(name, args);
      expect(result.isError, result.text).toBe(false);

      const requests = pair.received();
      const sent = requests.map(({ method, url, body }) => ({
        method,
        url: url.replace('/v2', ''),
        body: body ?? undefined,
      }));
      // Several are sent at once.
      const inOrder = (all: Sent[]) => all.toSorted((a, b) => (a.url < b.url ? -1 : 1));
      expect(inOrder(sent)).toEqual(inOrder([works.sends(args)].flat()));
      for (const { body, headers } of requests) {
        expect(headers['x-apikey']).toBe(works.key ?? 'demo-admin');
        expect(headers['user-agent']).toMatch(/^partoo-mcp\/\d/);
        expect(headers['content-type']).toBe(
          (body ?? undefined) === undefined ? undefined : 'application/json',
        );
      }

      expect(JSON.parse(result.text), 'the text is complete by itself').toEqual(result.structured);
      works.reads(result.structured as Args, args);
    });

    test.each([
      ...refuses,
      {
        why: 'an unknown argument',
        args: { per_pagge: 1, quantum_flux_capacity: 1 },
        problems: [
          new RegExp(`^per_pagge: is not an argument of ${name}\\b.* ${name} takes .+`, 'm'),
          new RegExp(`^quantum_flux_capacity: is not an argument of ${name}$`, 'm'),
        ],
      },
    ])('refuses $why and sends nothing', async ({ args, problems }) => {
      pair.received();
      const result = await client.call(name, args);
      expect(result.isError, result.text).toBe(true);
      expect(result.structured).toBeUndefined();
      const error = errorIn(result);
      expect(error.code).toBe('invalid_input');
      for (const problem of problems) expect(error.problems?.join('\n')).toMatch(problem);
      expect(pair.received()).toEqual([]);
    });
  });
}

/** Reads from the emulator directly, to find ids. */
export async function fetchFromEmulator(pair: RunningPair, path: string, key = 'demo-admin'): Promise<Args> {
  const response = await pair.partoo.app.inject({ url: `/v2${path}`, headers: { 'x-APIKey': key } });
  return response.json();
}

import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CEILINGS, listCost, toolCost } from '../../../scripts/support/tool-tokens.ts';
import { connectV2, type TestClient } from '../../support/clients.ts';
import { type RunningPair, startPair } from '../../support/start.ts';
import { ALL } from '../../support/tool-filter.ts';
import { fetchFromEmulator } from '../../support/tool-test.ts';

/** Ceilings of what a model pays. docs/tokens.md has the figures. */

/** The emulator's clock stands still, so that a figure at its ceiling stays there. */
const NOW = new Date('2026-06-15T12:00:00Z');

let pair: RunningPair;
let client: TestClient;
beforeAll(async () => {
  pair = await startPair({}, { now: NOW });
  client = await connectV2(pair.url, { 'x-APIKey': 'demo-admin' });
});
afterAll(async () => {
  await client.close();
  await pair.close();
});

describe('the tool list', () => {
  const listAll = async () => {
    const all = await connectV2(`${pair.url}?toolsets=all`, { 'x-APIKey': 'demo-admin' });
    const tools = await all.listTools();
    await all.close();
    return tools;
  };

  test('stays below its ceiling without the outputSchemas, which not every client shows a model', async () => {
    expect(listCost(await client.listTools()).tokens).toBeLessThanOrEqual(CEILINGS.default);
  });

  test('costs at most 8,000 with them', async () => {
    expect(listCost(await client.listTools()).withOutput).toBeLessThanOrEqual(8_000);
  });

  test('stays below its ceiling also if a connection asks for every tool', async () => {
    expect(listCost(await listAll()).tokens).toBeLessThanOrEqual(CEILINGS.all);
  });

  test('has no optional tool that costs more than 350, besides the one with every field of update_business', async () => {
    const optional = (await listAll()).filter(
      ({ name }) => ![...ALL, 'check_business_update'].includes(name),
    );
    expect(optional.length).toBeGreaterThan(0);
    for (const tool of optional) {
      expect(toolCost(tool).tokens, tool.name).toBeLessThanOrEqual(350);
    }
  });
});

describe("a page of 30, asked for with no arguments, costs at most 45 % of Partoo's own JSON", () => {
  test.each([
    { tool: 'search_businesses', path: '/business/search', rows: 'businesses' },
    { tool: 'search_reviews', path: '/reviews', rows: 'reviews' },
    { tool: 'search_posts', path: '/posts', rows: 'posts' },
  ])('$tool', async ({ tool, path, rows }) => {
    const partoo = await fetchFromEmulator(pair, `${path}?per_page=30`);
    expect(partoo[rows]).toHaveLength(30);

    const result = await client.call(tool);
    expect(result.isError, result.text).toBe(false);
    for (const { id } of partoo[rows] as { id: string | number }[]) expect(result.text).toContain(`${id}`);
    const part = countTokens(result.text) / countTokens(JSON.stringify(partoo));
    expect(part).toBeLessThanOrEqual(0.45);
  });
});

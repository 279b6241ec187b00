import { expect, test } from 'vitest';
import { createBusinessNames } from '../../../src/mcp/calls/business-names.ts';
import { untrackedCall } from '../../../src/partoo/client/call.ts';
import type { OpenPartoo } from '../../../src/partoo/partoo.ts';
import type { Tool } from '../../../src/tools/definition/define-tool.ts';

const PAGE = 100;
const PAGES = 18;

function withCount() {
  let lookUps = 0;
  const search = async ({ business__in = [] }: { business__in?: string[] }) => {
    lookUps++;
    return {
      rows: business__in.map(id => ({ id, code: 'PAR01', name: `${'Maison Solène '.repeat(5)}${id}` })),
    };
  };
  const openPartoo = (() => ({ businesses: { search } })) as unknown as OpenPartoo;
  const names = createBusinessNames(openPartoo);
  const tool = {
    view: { rows: 'rows', businessOf: (row: Record<string, unknown>) => row.business_id },
  } as unknown as Tool;
  return async (keyHash: string, page: number) => {
    const rows = Array.from({ length: PAGE }, (_, index) => ({
      business_id: (page * PAGE + index).toString(16).padStart(24, '0'),
    }));
    lookUps = 0;
    const caller = { keyHash } as Parameters<typeof untrackedCall>[0];
    const named = await names(tool, { rows }, {}, untrackedCall(caller, 60_000));
    expect(named).toMatchObject({ rows: rows.map(() => ({ business: { code: 'PAR01' } })) });
    return lookUps;
  };
}

test('names of a key stay known while others have few', async () => {
  const read = withCount();
  for (let page = 0; page < PAGES / 2; page++) await read('a', page);
  await read('b', 0);
  for (let page = 0; page < PAGES / 2; page++) expect(await read('a', page)).toBe(0);
});

test('the names of all keys together are bounded: those used longest ago are looked up again', async () => {
  const read = withCount();
  for (let key = 0; key < 40; key++) {
    for (let page = 0; page < PAGES; page++) await read(`key ${key}`, page);
  }
  expect(await read('key 39', PAGES - 1)).toBe(0);
  expect(await read('key 0', PAGES - 1)).toBe(1);
});

test('the names of one key are bounded, and leave those of others known', async () => {
  const read = withCount();
  await read('other', 0);
  for (let page = 0; page < 200; page++) await read('many businesses', page);
  expect(await read('many businesses', 0)).toBe(1);
  expect(await read('other', 0)).toBe(0);
});

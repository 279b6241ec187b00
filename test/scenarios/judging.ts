import { expect } from 'vitest';
import type { Business } from '../../src/partoo-emulator/model/types.ts';
import type { Outcome } from './scenario.ts';
import type { World } from './world.ts';

/** The changed rows of one kind. Fails if rows of another kind changed. */
export function changedOnly<Kind extends keyof World>({ changed }: Outcome, kind: Kind): World[Kind] {
  for (const [other, rows] of Object.entries(changed)) {
    if (other !== kind) expect(rows, `${other} that changed`).toEqual([]);
  }
  return changed[kind];
}

/** Partoo's check of an update saves nothing. */
const READ_BY_POST = '/v2/diffusion_errors/';

export function nothingChanged({ changed, requests }: Outcome): void {
  expect(Object.values(changed).flat()).toEqual([]);
  const writes = requests.filter(({ method, path }) => method !== 'GET' && !path.startsWith(READ_BY_POST));
  expect(writes.filter(({ carriedOut }) => carriedOut)).toEqual([]);
}

/** The writes to a path that Partoo received, with any outcome. */
export const writesTo = ({ requests }: Outcome, path: string) =>
  requests.filter(request => request.method === 'POST' && request.path === path);

export function shop({ businesses }: World, code: string): Business {
  const found = businesses.find(business => business.code === code);
  if (!found) throw new Error(`there is no shop ${code}`);
  return found;
}

/** Expects the number in any common form: 12345, 12 345, 12,345; 4.25 or 4,25. */
export function mentionsNumber({ said }: Outcome, number: number): void {
  const [whole = '', decimals] = String(number).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, "[\\s.,']?");
  expect(said).toMatch(new RegExp(`(?<!\\d)${grouped}${decimals ? `[.,]${decimals}` : ''}(?!\\d)`));
}

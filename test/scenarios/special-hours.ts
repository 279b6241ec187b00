import { expect } from 'vitest';
import type { ReceivedRequest } from '../../src/partoo-emulator/emulator.ts';
import { hexId } from '../../src/partoo-emulator/model/seeded-random.ts';
import { changedOnly, shop, writesTo } from './judging.ts';
import { type Row, read, readAll } from './reading.ts';
import type { Outcome, Scenario } from './scenario.ts';
import type { World } from './world.ts';

type Business = World['businesses'][number];

const TOOLS = '?toolsets=default,businesses';

const CHRISTMAS = { starts_at: '2040-12-25', ends_at: '2040-12-26' };
const CODES_IN_LYON = ['LYON 1', 'LYON 2', 'LYON 3', 'LYON 4', 'LYON 5'];
/** Where an update of the third shop goes. */
const THIRD = `/v2/business/${hexId('business', 'LYON 3')}`;

export const specialHours: Scenario[] = [
  {
    name: 'a holiday in all shops of a city keeps the special hours they have',
    says: 'Tous les magasins de Marseille seront fermés le 11 novembre 2040, mets ça sur les fiches.',
    async script(assistant) {
      const holiday = { starts_at: '2040-11-11', ends_at: '2040-11-11' };
      const found = await readAll(assistant, 'search_businesses', { city: 'Marseille' });
      for (const { id: business_id } of found) {
        const { specific_hours } = read(await assistant.call('get_business', { business_id }));
        const close = [...specific_hours.close, holiday];
        read(
          await assistant.call('update_business', {
            business_id,
            specific_hours: { ...specific_hours, close },
          }),
        );
      }
      return `C'est fait pour les ${found.length} magasins de Marseille.`;
    },
    expects(outcome) {
      const changed = changedOnly(outcome, 'businesses');
      expect(changed.map(({ code }) => code)).toEqual(['MRS-1', 'MRS-2', 'MRS-3']);
      for (const business of changed) expectHoliday(outcome, business, '2040-11-11');
    },
  },
  {
    name: 'all shops of a city close for two days in one call, after a look at what changes',
    query: TOOLS,
    says: 'Close all our shops in Lyon on 25 and 26 December 2040. Show me first what changes, and go ahead: I agree already.',
    async script(assistant) {
      const found = await readAll(assistant, 'search_businesses', { city: 'Lyon', fields: 'code' });
      const args = { business__in: found.map(({ id }) => id), close: [CHRISTMAS] };
      const shown = read(await assistant.call('set_special_hours', { ...args, dry_run: true }));
      expect(shown.note).toContain('nothing was changed');
      const done = read(await assistant.call('set_special_hours', args));
      return `All ${done.businesses.length} shops in Lyon are closed on 25 and 26 December 2040.`;
    },
    expects: expectChristmasInLyon,
  },
  {
    name: 'closing days that hit the rate limit half-way are finished by the same call, and nothing is written twice',
    query: TOOLS,
    says: 'Close all our shops in Lyon on 25 and 26 December 2040.',
    env: { RATE_LIMIT_MAX_WAIT_MS: '0' },
    given({ partoo }) {
      const headers = { 'retry-after': '1' };
      partoo.faults.add({ kind: 'status', status: 429, headers, method: 'POST', path: THIRD });
    },
    async script(assistant) {
      const found = await readAll(assistant, 'search_businesses', { city: 'Lyon', fields: 'code' });
      const args = { business__in: found.map(({ id }) => id), close: [CHRISTMAS] };
      const first = read(await assistant.call('set_special_hours', args));
      expect(resultsOf(first)).toEqual(['changed', 'changed', 'not_done', 'not_done', 'not_done']);
      expect(first.note).toContain('Call again with the same arguments');
      await assistant.wait(first.retry_after_seconds);
      const second = read(await assistant.call('set_special_hours', args));
      expect(resultsOf(second)).toEqual(['unchanged', 'unchanged', 'changed', 'changed', 'changed']);
      return `All ${found.length} shops in Lyon are closed on 25 and 26 December 2040.`;
    },
    expects: expectChristmasInLyon,
  },
  {
    name: 'closing days that Partoo never confirmed for one shop are checked by the same call, and not written again',
    query: TOOLS,
    says: 'Ferme toutes nos boutiques de Lyon les 25 et 26 décembre 2040.',
    given({ partoo }) {
      // Each of the server's own retries is lost too.
      partoo.faults.add({ kind: 'cut', method: 'POST', path: THIRD, when: 'after', times: 100 });
    },
    async script(assistant) {
      const found = await readAll(assistant, 'search_businesses', { city: 'Lyon', fields: 'code' });
      const args = { business__in: found.map(({ id }) => id), close: [CHRISTMAS] };
      const first = read(await assistant.call('set_special_hours', args));
      expect(resultsOf(first)).toEqual(['changed', 'changed', 'unknown', 'changed', 'changed']);
      const second = read(await assistant.call('set_special_hours', args));
      expect(resultsOf(second)).toEqual(found.map(() => 'unchanged'));
      return `C'est fait pour les ${found.length} boutiques de Lyon.`;
    },
    expects: expectChristmasInLyon,
  },
];

const isLost = ({ carriedOut, status }: ReceivedRequest) => carriedOut === true && status === undefined;

const resultsOf = ({ businesses }: Row) => businesses.map(({ result }: Row) => result);

/** Every shop in Lyon is closed at Christmas, and none was written to twice, except where Partoo's response was lost. */
function expectChristmasInLyon(outcome: Outcome) {
  const changed = changedOnly(outcome, 'businesses');
  expect(changed.map(({ code }) => code)).toEqual(CODES_IN_LYON);
  for (const business of changed) {
    expectHoliday(outcome, business, CHRISTMAS.starts_at, CHRISTMAS.ends_at);
    const writes = writesTo(outcome, `/v2/business/${business.id}`);
    expect(writes.filter(({ status }) => status === 200)).toHaveLength(writes.some(isLost) ? 0 : 1);
  }
}

/** The days are closed, and what was ahead before is as it was. */
function expectHoliday({ before }: Outcome, { code, specific_hours }: Business, first: string, last = first) {
  const { open, close } = shop(before, code).specific_hours;
  const today = new Date().toISOString().slice(0, 10);
  const ahead = <Period extends { ends_at: string }>(periods: Period[]) =>
    periods.filter(({ ends_at }) => ends_at >= today);
  expect(specific_hours.open).toEqual(expect.arrayContaining(ahead(open)));
  expect(specific_hours.close).toEqual(
    expect.arrayContaining([...ahead(close), { starts_at: first, ends_at: last }]),
  );
}

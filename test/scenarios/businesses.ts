import { expect } from 'vitest';
import { changedOnly, nothingChanged, shop } from './judging.ts';
import { read, readAll, readError, undelimited } from './reading.ts';
import type { Outcome, Scenario } from './scenario.ts';
import type { World } from './world.ts';

type Business = World['businesses'][number];

export const businesses: Scenario[] = [
  {
    name: 'new Saturday hours of a shop named vaguely leave the other days alone',
    says: 'À Bastille on ferme maintenant à 18h le samedi, tu peux mettre à jour ?',
    async script(assistant) {
      const [found] = await readAll(assistant, 'search_businesses', { query: 'bastille' });
      const business_id = found?.id;
      const { open_hours } = read(
        await assistant.call('get_business', { business_id, fields: 'open_hours' }),
      );
      const [opens] = open_hours.saturday[0].split('-');
      const saturday = [`${opens}-18:00`];
      read(await assistant.call('update_business', { business_id, open_hours: { ...open_hours, saturday } }));
      return `C'est fait : ${undelimited(found?.name)} ferme à 18h le samedi, les autres jours ne changent pas.`;
    },
    expects(outcome) {
      const bastille = shop(outcome.before, 'PAR/04');
      const open_hours = { ...bastille.open_hours, saturday: ['07:30-18:00'] };
      expect(changedOnly(outcome, 'businesses')).toEqual([{ ...bastille, open_hours }]);
    },
  },
  {
    name: 'a shop is closed temporarily',
    says: 'On ferme la boutique de la Croix-Rousse pour travaux, jusqu’à nouvel ordre.',
    async script(assistant) {
      const [found] = await readAll(assistant, 'search_businesses', { query: 'Croix-Rousse' });
      read(await assistant.call('update_business', { business_id: found?.id, status: 'temporarily_closed' }));
      return `${undelimited(found?.name)} est maintenant indiquée comme temporairement fermée.`;
    },
    expects(outcome) {
      const closed = { ...shop(outcome.before, 'LYON 2'), status: 'temporarily_closed' };
      expect(changedOnly(outcome, 'businesses')).toEqual([closed]);
    },
  },
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
    query: '?toolsets=default,businesses',
    says: 'Close all our shops in Lyon on 25 and 26 December 2040. Show me first what changes, and go ahead: I agree already.',
    async script(assistant) {
      const found = await readAll(assistant, 'search_businesses', { city: 'Lyon', fields: 'code' });
      const close = [{ starts_at: '2040-12-25', ends_at: '2040-12-26' }];
      const args = { business__in: found.map(({ id }) => id), close };
      const shown = read(await assistant.call('set_special_hours', { ...args, dry_run: true }));
      expect(shown.note).toContain('nothing was changed');
      const done = read(await assistant.call('set_special_hours', args));
      return `All ${done.businesses.length} shops in Lyon are closed on 25 and 26 December 2040.`;
    },
    expects(outcome) {
      const changed = changedOnly(outcome, 'businesses');
      expect(changed.map(({ code }) => code)).toEqual(['LYON 1', 'LYON 2', 'LYON 3', 'LYON 4', 'LYON 5']);
      for (const business of changed) expectHoliday(outcome, business, '2040-12-25', '2040-12-26');
    },
  },
  {
    name: 'whose key it is, and what it may not do, comes from the account',
    key: 'demo-manager',
    query: '?toolsets=default,account',
    says: 'Which account is this, and may I rename a shop with it?',
    async script(assistant) {
      const { user, organization, businesses, role_may } = read(
        await assistant.call('get_account', { with_permissions: true }),
      );
      const may = role_may.includes('business_edit_name') ? 'may' : 'may not';
      return `${undelimited(user.first_name)} of ${undelimited(organization.name)} (${user.role}) sees ${businesses} shops and ${may} rename them.`;
    },
    expects(outcome) {
      nothingChanged(outcome);
      expect(outcome.said).toMatch(/Maison Solène.*5.*may not/);
    },
  },
  {
    name: 'a shop is found by its store code, which contains a slash',
    says: "What's the phone number of store PAR/04?",
    async script(assistant) {
      const { contacts } = read(await assistant.call('get_business', { business_id: 'PAR/04' }));
      return `It is ${contacts[0].phone_numbers[0]}.`;
    },
    expects(outcome) {
      nothingChanged(outcome);
      expect(outcome.said.replaceAll(/\D/g, '')).toContain('145936624');
    },
  },
  {
    name: 'a list longer than a page is read to its end',
    says: 'Send me the store codes of all our shops that are open, please. Just the codes.',
    async script(assistant) {
      const found = await readAll(assistant, 'search_businesses', { fields: 'code,status', status: 'open' });
      return found.map(({ code }) => undelimited(code)).join(', ');
    },
    expects(outcome) {
      nothingChanged(outcome);
      const own = outcome.before.businesses.filter(({ org_id }) => org_id === 1);
      expect(own.filter(({ status }) => status === 'open').length).toBeGreaterThan(30);
      for (const { code, status } of own) {
        if (status === 'open') expect(outcome.said).toContain(code);
        else expect(outcome.said).not.toContain(code);
      }
    },
  },
  {
    name: 'an invalid argument is refused with advice, and corrected',
    says: 'Le Vieux-Port à Marseille a un nouveau numéro : 04 91 55 12 34.',
    async script(assistant) {
      const [found] = await readAll(assistant, 'search_businesses', {
        query: 'vieux-port',
        city: 'Marseille',
      });
      const business_id = found?.id;
      const { contacts } = read(await assistant.call('get_business', { business_id, fields: 'contacts' }));
      const [{ name, email }] = contacts;
      const change = (number: string) =>
        assistant.call('update_business', {
          business_id,
          // As it was read: the server removes the delimiters.
          contacts: [{ name, email, phone_numbers: [number] }],
        });
      const { code, problems } = readError(await change('04 91 55 12 34'));
      expect(code).toBe('invalid_input');
      expect(problems.join('\n')).toContain('E.164');
      read(await change('+33491551234'));
      return 'Le nouveau numéro du Vieux-Port est en place : 04 91 55 12 34.';
    },
    expects(outcome) {
      const { contacts, ...others } = shop(outcome.before, 'MRS-1');
      const [changed, ...more] = changedOnly(outcome, 'businesses');
      expect(more).toEqual([]);
      expect(changed).toMatchObject(others);
      const { name, email } = contacts[0] ?? {};
      expect(changed?.contacts).toMatchObject([{ name, email, phone_numbers: ['+33491551234'] }]);
    },
  },
];

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

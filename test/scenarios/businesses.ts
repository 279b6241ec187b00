import { expect } from 'vitest';
import { changedOnly, nothingChanged, shop } from './judging.ts';
import { read, readAll, readError, undelimited } from './reading.ts';
import type { Scenario } from './scenario.ts';

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

import { expect } from 'vitest';
import { changedOnly, mentionsNumber, nothingChanged, shop } from './judging.ts';
import { read, readAll, undelimited } from './reading.ts';
import type { Scenario } from './scenario.ts';

const TOOLS = '?toolsets=default,businesses';

export const listings: Scenario[] = [
  {
    name: 'a shop joins a group that is named, and stays in its others',
    query: TOOLS,
    says: 'Ajoute la boutique de la Croix-Rousse au groupe « Flagships », sans la retirer de ses autres groupes.',
    async script(assistant) {
      const sections = await readAll(assistant, 'list_groups', { group_name_query: 'flagships' });
      const groups = sections.flatMap(section => section.groups);
      const group = groups.find(({ name }) => undelimited(name) === 'Flagships');
      const [found] = await readAll(assistant, 'search_businesses', { query: 'Croix-Rousse' });
      const business_id = found?.id;
      const { groups: current } = read(
        await assistant.call('get_business', { business_id, fields: 'groups' }),
      );
      read(await assistant.call('update_business', { business_id, groups: [...current, group.id] }));
      return `${undelimited(found?.name)} fait maintenant aussi partie du groupe Flagships.`;
    },
    expects(outcome) {
      const before = shop(outcome.before, 'LYON 2');
      const [changed, ...more] = changedOnly(outcome, 'businesses');
      expect(more).toEqual([]);
      expect(changed).toEqual({ ...before, groups: expect.arrayContaining([...before.groups, 105]) });
    },
  },
  {
    name: 'a category that is named in words is added by its id, after those there are',
    query: TOOLS,
    says: 'Stockbridge sells sandwiches now: add the Google category for sandwich shops to it, as a secondary one.',
    async script(assistant) {
      const [category] = await readAll(assistant, 'search_categories', {
        search_query: 'sandwich',
        state: 'OK',
      });
      const [found] = await readAll(assistant, 'search_businesses', { query: 'Stockbridge' });
      const business_id = found?.id;
      const { categories } = read(
        await assistant.call('get_business', { business_id, fields: 'categories' }),
      );
      read(
        await assistant.call('update_business', {
          business_id,
          categories: [...categories, category?.gmb_id],
        }),
      );
      return `Stockbridge has the category ${undelimited(category?.name)} as well.`;
    },
    expects(outcome) {
      const before = shop(outcome.before, 'EDI%1');
      const categories = [...before.categories, 'gcid:sandwich_shop'];
      expect(changedOnly(outcome, 'businesses')).toEqual([{ ...before, categories }]);
    },
  },
  {
    name: 'the shops that are not connected to Facebook are named, over several pages',
    query: TOOLS,
    says: 'Which of our shops are still not connected to Facebook?',
    async script(assistant) {
      const rows = await readAll(assistant, 'get_publisher_states', {
        publishers: 'facebook',
        states: 'to_configure',
        per_page: 4,
      });
      return rows.map(({ business_name }) => undelimited(business_name)).join(', ');
    },
    expects(outcome) {
      nothingChanged(outcome);
      const own = outcome.before.businesses.filter(({ org_id }) => org_id === 1);
      expect(own.filter(({ facebook_page_id }) => facebook_page_id === null).length).toBeGreaterThan(4);
      for (const { name, facebook_page_id } of own) {
        const label = name.replace('Maison Solène ', '');
        if (facebook_page_id === null) expect(outcome.said).toContain(label);
        else expect(outcome.said).not.toContain(label);
      }
    },
  },
  {
    name: 'how complete the listings of two countries are is compared',
    query: TOOLS,
    says: 'How complete are the listings of our open shops in France, and how many there are not good yet? And in Spain?',
    async script(assistant) {
      const describe = async (country: string) => {
        const { average_completion_rate, counts } = read(
          await assistant.call('get_completion_stats', { country }),
        );
        return `${country}: ${average_completion_rate} %, ${counts.low + counts.mid} of them not good yet`;
      };
      return `${await describe('FR')}; ${await describe('ES')}.`;
    },
    async expects(outcome) {
      nothingChanged(outcome);
      for (const country of ['FR', 'ES']) {
        const { average_completion_rate, counts } = await outcome.query<{
          average_completion_rate: number;
          counts: { low: number; mid: number };
        }>(`/business/search/stats?country=${country}`);
        mentionsNumber(outcome, average_completion_rate);
        mentionsNumber(outcome, counts.low + counts.mid);
      }
    },
  },
  {
    name: 'a text is checked before it is published, and what Google would refuse is left out',
    query: TOOLS,
    says: 'Make the long description of Stockbridge "Bread and cakes since 1998. Order at https://stockbridge.example". Check first whether Google takes it, and leave out what it does not take.',
    async script(assistant) {
      const [found] = await readAll(assistant, 'search_businesses', { query: 'Stockbridge' });
      const business_id = found?.id;
      const check = (description_long: string) =>
        assistant.call('check_business_update', { business_id, description_long });
      const { errors } = read(
        await check('Bread and cakes since 1998. Order at https://stockbridge.example'),
      );
      expect(undelimited(JSON.stringify(errors))).toContain('Google does not accept links');
      const description_long = 'Bread and cakes since 1998.';
      expect(read(await check(description_long))).not.toHaveProperty('errors');
      read(await assistant.call('update_business', { business_id, description_long }));
      return `The description is "${description_long}": Google accepts no links, so I left yours out.`;
    },
    expects(outcome) {
      const [changed, ...more] = changedOnly(outcome, 'businesses');
      expect(more).toEqual([]);
      const { description_long, ...others } = shop(outcome.before, 'EDI%1');
      expect(changed).toMatchObject(others);
      expect(changed?.description_long).toMatch(/^Bread and cakes since 1998/);
      expect(changed?.description_long).not.toMatch(/https?:/);
      expect(outcome.said).toMatch(/\b(link|URL|https?)/i);
    },
  },
  {
    name: 'what is wrong with a listing is told, and nothing is changed',
    query: TOOLS,
    says: 'Est-ce que la fiche de Bellecour a des problèmes sur Google ou Facebook en ce moment ? Ne change rien.',
    given({ partoo }) {
      const problem = { field: 'contacts', message: 'The phone number does not answer.' };
      const body = { errors: { google_my_business: [problem], facebook: [] } };
      partoo.faults.add({ kind: 'status', status: 200, body, path: /^\/v2\/diffusion_errors\// });
    },
    async script(assistant) {
      const [found] = await readAll(assistant, 'search_businesses', { query: 'Bellecour' });
      const { errors } = read(await assistant.call('check_business_update', { business_id: found?.id }));
      const [{ field, message }] = errors.google_my_business;
      expect(undelimited(message)).toBe('The phone number does not answer.');
      return `Oui, sur Google : le numéro de téléphone (${undelimited(field)}) ne répond pas.`;
    },
    expects(outcome) {
      nothingChanged(outcome);
      expect(outcome.said).toMatch(/Google/);
      expect(outcome.said).toMatch(/t[ée]l[ée]phone|num[ée]ro|phone/i);
    },
  },
];

import { expect } from 'vitest';
import type { Post } from '../../src/partoo-emulator/model/types.ts';
import type { Assistant } from './actor.ts';
import { changedOnly, nothingChanged, shop, writesTo } from './judging.ts';
import { type Row, read, readAll, readError, undelimited } from './reading.ts';
import type { Scenario } from './scenario.ts';

const VALENTINE = 'Pour la Saint-Valentin, nos cœurs feuilletés sortent du four dès 8 h.';
const JOBS = 'Nous cherchons un pâtissier à Toulouse : poussez la porte avec votre CV.';

const TERRACE = 'La terrasse de Mouffetard rouvre : venez prendre le soleil avec un café.';
const SQUASH = 'Notre miche à la courge rôtie est de retour.';

/** Some tools here are optional. */
const ALL = '?toolsets=all';

export const posts: Scenario[] = [
  {
    name: 'a post is scheduled for all shops of a city, in their local time',
    says: `Programme ce post pour le 14 février 2040 à 9h, heure de Paris, sur Google et Facebook, pour nos boutiques de Lyon : « ${VALENTINE} »`,
    async script(assistant) {
      const shops = await readAll(assistant, 'search_businesses', { city: 'Lyon' });
      const { posts } = read(
        await assistant.call('create_post', {
          business__in: shops.map(({ id }) => id).join(','),
          publishers: 'google_my_business,facebook',
          post_type: 'news',
          summary: VALENTINE,
          schedule_time: '2040-02-14T09:00:00+01:00',
        }),
      );
      const planned = await readAll(assistant, 'search_posts', {
        summary: 'cœurs feuilletés',
        state__in: 'scheduled',
      });
      expect(planned.map(({ id }) => id).toSorted()).toEqual(
        posts.map(({ post_id }: { post_id: number }) => post_id),
      );
      return `Le post est programmé pour ${posts.length} boutiques de Lyon, le 14 février 2040 à 9h.`;
    },
    expects(outcome) {
      const made = changedOnly(outcome, 'posts');
      const lyon = outcome.before.businesses.filter(({ city }) => city === 'Lyon').map(({ id }) => id);
      expect(made.map(({ business_id }) => business_id).toSorted()).toEqual(lyon.toSorted());
      for (const { summary, schedule_time, post_status } of made) {
        expect({ summary, schedule_time }).toEqual({
          summary: VALENTINE,
          schedule_time: '2040-02-14T08:00:00',
        });
        expect(post_status.map(({ name, state }) => `${name} ${state}`).toSorted()).toEqual([
          'facebook scheduled',
          'google_my_business scheduled',
        ]);
      }
    },
  },
  {
    name: 'a draft is saved, and nothing is public',
    says: `Prépare un brouillon, surtout ne publie rien, pour la boutique du Capitole sur Facebook : « ${JOBS} »`,
    async script(assistant) {
      const [found] = await readAll(assistant, 'search_businesses', { query: 'Capitole' });
      const { note } = read(
        await assistant.call('create_post', {
          business__in: found?.id,
          publishers: 'facebook',
          post_type: 'news',
          summary: JOBS,
          is_draft: 'true',
        }),
      );
      expect(note).toContain('not public until');
      return 'Le brouillon est enregistré ; rien n’est publié tant que personne ne le valide dans Partoo.';
    },
    expects(outcome) {
      const [draft, ...more] = changedOnly(outcome, 'posts');
      expect(more).toEqual([]);
      expect(draft).toMatchObject({
        business_id: shop(outcome.before, 'TLS-1').id,
        summary: JOBS,
        post_status: [{ name: 'facebook', state: 'to_validate' }],
      });
    },
  },
  {
    name: 'the dates of an event are in the local time of the shop',
    says: 'Annonce nos portes ouvertes au Vieux-Port de Marseille sur Google : le 12 juin 2040 de 10h à 16h, visite du fournil.',
    async script(assistant) {
      const [found] = await readAll(assistant, 'search_businesses', {
        query: 'vieux-port',
        city: 'Marseille',
      });
      const { posts } = read(
        await assistant.call('create_post', {
          business__in: found?.id,
          publishers: 'google_my_business',
          post_type: 'event',
          title: 'Portes ouvertes',
          summary: 'Portes ouvertes : venez visiter le fournil du Vieux-Port !',
          start_at: '2040-06-12T10:00',
          end_at: '2040-06-12T16:00',
        }),
      );
      return `L'événement est créé (post ${posts[0].post_id}).`;
    },
    expects(outcome) {
      const [event, ...more] = changedOnly(outcome, 'posts');
      expect(more).toEqual([]);
      expect(event).toMatchObject({
        business_id: shop(outcome.before, 'MRS-1').id,
        post_type: 'event',
        post_status: [{ name: 'google_my_business' }],
      });
      const dates = { start_at: '2040-06-12T10:00:00', end_at: '2040-06-12T16:00:00' };
      expect(writesTo(outcome, '/v2/posts')).toMatchObject([{ body: { data: dates } }]);
    },
  },
  {
    name: 'an offer goes only to platforms that take offers, and the manager learns which do not',
    says: 'Fais une offre sur Google et Facebook pour Chartrons : −20 % sur les tartes du 1er au 7 mars 2040, code MARS20.',
    async script(assistant) {
      const [found] = await readAll(assistant, 'search_businesses', { query: 'Chartrons' });
      const offer = {
        business__in: found?.id,
        post_type: 'offer',
        title: '−20 % sur les tartes',
        summary: 'Du 1er au 7 mars, −20 % sur toutes les tartes avec le code MARS20.',
        start_at: '2040-03-01',
        end_at: '2040-03-07',
        coupon_code: 'MARS20',
      };
      const { problems } = readError(
        await assistant.call('create_post', { ...offer, publishers: 'google_my_business,facebook' }),
      );
      expect(problems.join('\n')).toContain('facebook does not accept offers');
      read(await assistant.call('create_post', { ...offer, publishers: 'google_my_business' }));
      return 'L’offre est sur Google. Facebook ne prend pas d’offres : je peux y publier une actualité si vous voulez.';
    },
    expects(outcome) {
      const made = changedOnly(outcome, 'posts').filter(({ post_type }) => post_type === 'offer');
      expect(made).toMatchObject([{ business_id: shop(outcome.before, 'BOD-2').id, offer_code: 'MARS20' }]);
      const dates = { start_at: '2040-03-01T00:00:00', end_at: '2040-03-07T23:59:59' };
      expect(writesTo(outcome, '/v2/posts')[0]).toMatchObject({ body: { data: dates } });
      expect(outcome.said).toMatch(/Facebook/);
      expect(outcome.said).toMatch(/\b(pas|impossible|seulement|uniquement)\b/i);
    },
  },
  {
    name: 'a post that failed on its platform is reported as failed',
    says: 'Notre post sur le levain à Nantes, il est bien en ligne ?',
    async script(assistant) {
      const shops = await readAll(assistant, 'search_businesses', { city: 'Nantes' });
      const found = await readAll(assistant, 'search_posts', {
        business__in: shops.map(({ id }) => id),
        summary: 'levain',
      });
      const [latest] = found.toSorted((a, b) => b.created_at.localeCompare(a.created_at));
      const states = Object.entries(latest?.states).map(([platform, state]) => `${platform} : ${state}`);
      return `Le dernier, « ${undelimited(latest?.summary)} », est en erreur (${states.join(', ')}).`;
    },
    expects(outcome) {
      nothingChanged(outcome);
      expect(outcome.said).toMatch(/erreur|échou|échec|error/i);
      expect(outcome.said).toMatch(/google/i);
    },
  },
  {
    name: 'the text of a scheduled post is changed, and nothing else about it',
    says: `Dans le post programmé pour Mouffetard sur la terrasse, remplace le texte par « ${TERRACE} » ; la date reste.`,
    query: ALL,
    async script(assistant) {
      const post = await findPost(assistant, 'Mouffetard', 'terrasse', 'scheduled');
      const { changed } = read(await assistant.call('update_post', { post_id: post.id, summary: TERRACE }));
      expect(changed).toEqual(['summary']);
      const after = await findPost(assistant, 'Mouffetard', 'terrasse', 'scheduled');
      expect(after).toMatchObject({ id: post.id, schedule_time: post.schedule_time });
      return 'Le texte du post programmé est changé ; la date reste la même.';
    },
    expects(outcome) {
      const changed = changedOnly(outcome, 'posts');
      expect(changed).toMatchObject([{ id: 8060, summary: TERRACE }]);
      const kept = ({ id, business_id, schedule_time, post_status, cta_type, cta_link }: Post) => {
        return { id, business_id, schedule_time, post_status, cta_type, cta_link };
      };
      expect(changed.map(kept)).toEqual(outcome.before.posts.filter(({ id }) => id === 8060).map(kept));
    },
  },
  {
    name: 'a draft that was a mistake is deleted, and only that one',
    says: 'Le brouillon sur la terrasse, à Talensac, était une erreur : supprime-le.',
    query: ALL,
    async script(assistant) {
      const draft = await findPost(assistant, 'Talensac', 'terrasse', 'to_validate');
      read(await assistant.call('delete_post', { post_id: draft.id }));
      return 'Le brouillon sur la terrasse à Talensac est supprimé.';
    },
    expects(outcome) {
      expect(changedOnly(outcome, 'posts')).toEqual([]);
      const { before, after } = outcome;
      const left = new Set(after.posts.map(({ id }) => id));
      expect(before.posts.filter(({ id }) => !left.has(id)).map(({ id }) => id)).toEqual([8047]);
    },
  },
  {
    name: 'a draft that must stay one is left alone where the key would publish it, and the manager learns why',
    says: `Remplace le texte du brouillon sur la courge, à la Croix-Rousse, par « ${SQUASH} ». Il doit rester un brouillon !`,
    key: 'demo-manager',
    query: ALL,
    async script(assistant) {
      const draft = await findPost(assistant, 'Croix-Rousse', 'courge', 'to_validate');
      expect(draft.id).toBe(8031);
      const tool = assistant.tools.find(({ name }) => name === 'update_post');
      expect(tool?.description).toContain('BUSINESS_MANAGER');
      const { user } = read(await assistant.call('get_account'));
      expect(user.role).toBe('BUSINESS_MANAGER');
      return 'Je ne l’ai pas modifié : avec votre rôle, toute modification publierait le brouillon. Un administrateur peut le corriger.';
    },
    expects(outcome) {
      nothingChanged(outcome);
      expect(outcome.said).toMatch(/publi|en ligne|valid/i);
    },
  },
  {
    name: 'a draft that may go out is corrected and published by the same call',
    says: `Remplace le texte du brouillon sur la courge, à la Croix-Rousse, par « ${SQUASH} » et publie-le.`,
    key: 'demo-manager',
    query: ALL,
    async script(assistant) {
      const draft = await findPost(assistant, 'Croix-Rousse', 'courge', 'to_validate');
      read(await assistant.call('update_post', { post_id: draft.id, summary: SQUASH }));
      const { states } = await findPost(assistant, 'Croix-Rousse', 'courge', 'pending');
      return `Le post est corrigé et en cours de publication (${Object.keys(states).join(', ')}).`;
    },
    expects(outcome) {
      const [post, ...more] = changedOnly(outcome, 'posts');
      expect(more).toEqual([]);
      expect(post).toMatchObject({ id: 8031, summary: SQUASH });
      expect(post?.post_status.map(({ state }) => state)).not.toContain('to_validate');
    },
  },
];

/** The only post of a shop with a word in its text, in one state. */
async function findPost(assistant: Assistant, query: string, summary: string, state: string): Promise<Row> {
  const [found] = await readAll(assistant, 'search_businesses', { query });
  const posts = await readAll(assistant, 'search_posts', {
    business__in: found?.id,
    summary,
    state__in: state,
  });
  expect(posts).toHaveLength(1);
  return posts[0] ?? {};
}

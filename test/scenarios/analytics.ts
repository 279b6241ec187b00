import { expect } from 'vitest';
import { nothingChanged, shop } from './judging.ts';
import { read, readAll, undelimited } from './reading.ts';
import type { Scenario } from './scenario.ts';

const VIEWS = [
  'business_impressions_desktop_maps',
  'business_impressions_desktop_search',
  'business_impressions_mobile_maps',
  'business_impressions_mobile_search',
].join(',');

type Numbers = Record<string, number>;

const sum = (row: Numbers = {}) => Object.values(row).reduce((total, value) => total + value, 0);

export const analytics: Scenario[] = [
  {
    name: 'the views of this year are compared with those of the last',
    says: 'De combien de pour cent nos vues Google ont-elles changé du 1er janvier au 25 octobre, par rapport à la même période de 2025 ?',
    async script(assistant) {
      const views = async (year: number) => {
        const found = read(
          await assistant.call('get_profile_metrics', {
            metrics: VIEWS,
            filter_date__gte: `${year}-01-01`,
            filter_date__lte: `${year}-10-25`,
          }),
        );
        return sum(found.metrics[0]);
      };
      const [last, now] = [await views(2025), await views(2026)];
      const change = ((now / last - 1) * 100).toFixed(1).replace('.', ',');
      return `${now} vues contre ${last} l'an dernier, soit ${change} %.`;
    },
    async expects(outcome) {
      nothingChanged(outcome);
      const views = async (year: number) => {
        const dates = `filter_date__gte=${year}-01-01&filter_date__lte=${year}-10-25`;
        const path = `/presence_analytics/metrics?metrics=${VIEWS}&${dates}`;
        return sum((await outcome.query<{ metrics: Numbers[] }>(path)).metrics[0]);
      };
      const change = ((await views(2026)) / (await views(2025)) - 1) * 100;
      const percentages = [...outcome.said.matchAll(/([+−-]?\d+(?:[.,]\d+)?)\s*(?:%|pour cent)/g)];
      const nearest = Math.min(
        ...percentages.map(([, text = '']) =>
          Math.abs(Number(text.replace(',', '.').replace('−', '-')) - change),
        ),
      );
      expect(nearest, `${outcome.said}: ${change}`).toBeLessThan(0.6);
    },
  },
  {
    name: 'the most searched keywords of a shop are listed',
    says: 'What were the three most searched words for our Marylebone shop in October, brand names aside?',
    async script(assistant) {
      const [found] = await readAll(assistant, 'search_businesses', { query: 'Marylebone' });
      const { keywords } = read(
        await assistant.call('get_profile_keywords', {
          metrics: 'count,threshold',
          dimensions: 'keyword',
          business__in: found?.id,
          branded: false,
          filter_date__gte: '2026-10-01',
          filter_date__lte: '2026-10-31',
          order_by: '-count',
          per_page: 3,
        }),
      );
      return keywords
        .map(({ keyword, count }: { keyword: string; count: number }) => `${undelimited(keyword)} (${count})`)
        .join(', ');
    },
    async expects(outcome) {
      nothingChanged(outcome);
      const { id } = shop(outcome.before, 'LON-1');
      const { keywords } = await outcome.query<{ keywords: { keyword: string }[] }>(
        `/presence_analytics/keywords?metrics=count&dimensions=keyword&branded=false&business__in=${id}` +
          '&filter_date__gte=2026-10-01&filter_date__lte=2026-10-31&order_by=-count',
      );
      const [first, second, third, ...others] = keywords.map(({ keyword }) => keyword);
      for (const keyword of [first, second, third]) expect(outcome.said).toContain(keyword);
      const named = others.filter(keyword => ![first, second, third].some(top => top?.includes(keyword)));
      for (const keyword of named) expect(outcome.said).not.toContain(keyword);
    },
  },
];

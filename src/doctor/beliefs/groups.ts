import { isObject } from '../../core/is-object.ts';
import type { NumericId } from '../../core/json.ts';
import type { Partoo } from '../../partoo/partoo.ts';
import type { Build, Probe } from '../asking/probe.ts';
import type { Belief, CodePlace } from '../checks/belief.ts';
import { everyRow, hasFields, hasWords, rowsIn } from '../checks/fields.ts';
import { narrows, searches } from '../checks/filters.ts';
import { hasCounts, hasList, isBare, type Row, rowsWith, someRows } from '../checks/lists.ts';
import { accepts, acceptsPerPage, pages, startsAtOne } from '../checks/pages.ts';
import { confirmed, contradicted, NotTested } from '../model/verdict.ts';

const SECTIONS = 'src/partoo/api/sections.ts';
const GROUPS_TOOL = 'src/tools/businesses/list-groups.ts';
const sections =
  (page = 1, group_name_query?: string): Build =>
  partoo =>
    partoo.sections.search({ page, group_name_query });

/** Part of no group's name. */
const NO_NAME = 'zzqxzzqxzzqx';

/** The first section, read alone. */
async function oneSection(probe: Probe): Promise<Build> {
  const [section] = await someRows(probe, sections(), 'sections');
  const id = section?.id;
  if (typeof id !== 'number' && typeof id !== 'string') throw new NotTested('no section has an id');
  return partoo => partoo.sections.get(id as NumericId);
}

/** Groups of the first section. */
async function groupRows(probe: Probe): Promise<Row[]> {
  const build = await oneSection(probe);
  return someRows(probe, build, 'groups');
}

export const groups: Belief[] = [
  {
    id: 'groups.list',
    says: 'GET /sections answers with a list sections',
    grade: 'I',
    code: `${SECTIONS}#'sections',`,
    check: hasList(sections(), 'sections'),
  },
  {
    id: 'groups.counts',
    says: 'beside the list stand page, max_page and count',
    grade: 'D',
    code: 'src/partoo/responses/page.ts#max_page',
    check: hasCounts(sections(), 'sections', ['page', 'max_page', 'count']),
  },
  {
    id: 'groups.pages',
    says: 'page starts at 1',
    grade: 'D',
    code: `${GROUPS_TOOL}#page: args.page ?? 1`,
    check: startsAtOne('sections', sections, row => row.id),
  },
  {
    id: 'groups.filter.name',
    says: 'group_name_query returns only sections with a group of this name',
    grade: 'D',
    code: `${SECTIONS}#group_name_query`,
    check: async probe => {
      const name = (await groupRows(probe)).map(row => row.name).find(value => typeof value === 'string');
      if (name === undefined) throw new NotTested('no data: no group has a name');
      const found = await rowsWith(probe, sections(1, name), 'sections');
      if (found.length === 0) return contradicted('it returns nothing, but a group has this name');
      const others = await rowsWith(probe, sections(1, NO_NAME), 'sections');
      const isEmpty = ({ groups }: Row) => Array.isArray(groups) && groups.length === 0;
      return others.every(isEmpty) ? confirmed() : contradicted('it returns sections without such a group');
    },
  },
  {
    id: 'groups.section',
    says: 'a section has id and name',
    grade: 'D',
    code: `${GROUPS_TOOL}#section.name`,
    check: hasFields(rowsIn(sections(), 'sections'), { id: 'integer', name: 'text' }),
  },
  {
    id: 'groups.one',
    says: 'GET /sections/{section_id} answers with one section, without an envelope',
    grade: 'D',
    code: `${SECTIONS}#/sections/{section_id}`,
    check: isBare(oneSection, 'id'),
  },
  {
    id: 'groups.one.groups',
    says: 'a section read alone has a list groups',
    grade: 'D',
    code: `${GROUPS_TOOL}#section.groups === undefined`,
    check: async probe => {
      const build = await oneSection(probe);
      const { status, json } = await probe.ask(build);
      if (status !== 200 || !isObject(json) || !('id' in json)) throw new NotTested('no section can be read');
      return hasList(build, 'groups')(probe);
    },
  },
  {
    id: 'groups.fields',
    says: 'a group has id and name',
    grade: 'D',
    code: `${GROUPS_TOOL}#section.groups.name`,
    check: hasFields(groupRows, { id: 'integer', name: 'text' }),
  },
];

const CATEGORIES = 'src/partoo/api/categories.ts';
const CATEGORIES_TOOL = 'src/tools/businesses/search-categories.ts';
const LIST = 'categories';
type Query = Parameters<Partoo['categories']['search']>[0];

const search =
  (query: Query = {}): Build =>
  partoo =>
    partoo.categories.search({ page: 1, per_page: 100, ...query });

const ALL = search();
const rows = rowsIn(ALL, LIST);

const byState = (state: string): Belief => ({
  id: `categories.filter.state.${state.toLowerCase()}`,
  says: `state=${state} returns only these`,
  grade: 'D',
  code: `${CATEGORIES_TOOL}#'${state}'` as CodePlace,
  check: narrows({ list: LIST, all: ALL, some: search({ state }), fits: row => row.state === state }),
});

export const categories: Belief[] = [
  {
    id: 'categories.list',
    says: 'GET /categories answers with a list categories',
    grade: 'D',
    code: `${CATEGORIES}#'/categories', 'categories'`,
    check: hasList(ALL, LIST),
  },
  {
    id: 'categories.counts',
    says: 'beside the list stand page, max_page and count',
    grade: 'D',
    code: 'src/partoo/responses/page.ts#max_page',
    check: hasCounts(ALL, LIST, ['page', 'max_page', 'count']),
  },
  {
    id: 'categories.pages',
    says: 'page starts at 1, and page 2 goes on',
    grade: 'D',
    code: `${CATEGORIES}#page?:`,
    check: pages(
      LIST,
      (page, per_page) => search({ page, per_page }),
      row => row.gmb_id,
    ),
  },
  {
    id: 'categories.per_page',
    says: 'per_page may be 100',
    grade: 'D',
    code: `${CATEGORIES}#per_page?:`,
    check: acceptsPerPage(LIST, ALL, 100),
  },
  {
    id: 'categories.filter.words',
    says: 'search_query searches the names',
    grade: 'D',
    code: `${CATEGORIES}#search_query`,
    check: searches(
      LIST,
      ALL,
      row => (typeof row.name === 'string' ? row.name : undefined),
      value => search({ search_query: value }),
      (row, value) => String(row.name).includes(value),
    ),
  },
  byState('OK'),
  byState('DEPRECATED'),
  {
    id: 'categories.country',
    says: 'country=FR is accepted',
    grade: 'D',
    code: `${CATEGORIES}#country`,
    check: accepts(LIST, search({ country: 'FR' })),
  },
  {
    id: 'categories.language',
    says: 'lang gives the language of the names',
    grade: 'D',
    code: `${CATEGORIES}#lang`,
    check: async probe => {
      const [french, english] = [
        await rowsWith(probe, search({ lang: 'fr' }), LIST),
        await rowsWith(probe, search({ lang: 'en' }), LIST),
      ];
      const names = new Map(english.map(row => [row.gmb_id, row.name]));
      const both = french.filter(row => row.name !== undefined && names.has(row.gmb_id));
      if (both.length === 0) throw new NotTested('no data: no category has names in two languages');
      const isTranslated = both.some(row => row.name !== names.get(row.gmb_id));
      return isTranslated ? confirmed() : contradicted('the names are the same in two languages');
    },
  },
  {
    id: 'categories.fields',
    says: 'a category has gmb_id, name and state',
    grade: 'D',
    code: `${CATEGORIES_TOOL}#category.gmb_id`,
    check: hasFields(rows, { gmb_id: 'text', name: 'text', state: 'text' }),
  },
  {
    id: 'categories.id',
    says: 'gmb_id begins with gcid:, as the categories of a business',
    grade: 'D',
    code: `${CATEGORIES_TOOL}#gmb_id`,
    check: everyRow(
      rows,
      row => row.gmb_id,
      value => String(value).startsWith('gcid:'),
      'a gmb_id begins otherwise',
    ),
  },
  {
    id: 'categories.state',
    says: 'a state is OK or DEPRECATED',
    grade: 'D',
    code: `${CATEGORIES_TOOL}#DEPRECATED`,
    check: hasWords(rows, 'state', ['OK', 'DEPRECATED']),
  },
];

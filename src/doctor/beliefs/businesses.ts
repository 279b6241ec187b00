import { isObject } from '../../core/is-object.ts';
import type { NumericId } from '../../core/json.ts';
import { EVERY_STATUS } from '../../partoo/api/businesses.ts';
import type { Build } from '../asking/probe.ts';
import type { Belief, CodePlace } from '../checks/belief.ts';
import { rejects } from '../checks/errors.ts';
import { everyRow, hasFields, hasWords, inside, rowsIn } from '../checks/fields.ts';
import { narrows, narrowsTo, searches } from '../checks/filters.ts';
import { hasCounts, hasList, isBare, type Row, someRows } from '../checks/lists.ts';
import { acceptsPerPage, pages, sorts } from '../checks/pages.ts';
import { NotTested } from '../model/verdict.ts';

const API = 'src/partoo/api/businesses.ts';
const LIST = 'businesses';
type Query = Parameters<import('../../partoo/partoo.ts').Partoo['businesses']['search']>[0];

const search =
  (query: Query = {}): Build =>
  partoo =>
    partoo.businesses.search({ status: EVERY_STATUS, page: 1, per_page: 100, ...query });

export const EVERY_BUSINESS = search();
const rows = rowsIn(EVERY_BUSINESS, LIST);
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const fold = (value: unknown) => String(value ?? '').toLowerCase();
const isSlot = (value: unknown) => typeof value === 'string' && /^\d\d:\d\d-\d\d:\d\d$/.test(value);
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** A filter by the value of a field that it is named after. */
const byField = (name: 'name' | 'city' | 'zipcode' | 'country' | 'code'): Belief => ({
  id: `businesses.filter.${name}`,
  says: `${name} returns only businesses with this ${name}`,
  grade: 'D',
  code: `${API}#${name}?:` as CodePlace,
  check: narrowsTo(
    LIST,
    EVERY_BUSINESS,
    row => text(row[name]),
    value => search({ [name]: value }),
    (row, value) => fold(row[name]).includes(fold(value)),
  ),
});

const byStatus = (status: string): Belief => ({
  id: `businesses.filter.status.${status}`,
  says: `status=${status} returns only these`,
  grade: 'D',
  code: `${API}#'${status}'` as CodePlace,
  check: narrows({
    list: LIST,
    all: EVERY_BUSINESS,
    some: search({ status: [status] }),
    fits: row => row.status === status,
  }),
});

const oneId = async (probe: Parameters<Belief['check']>[0], valueIn: (row: Row) => unknown) => {
  const value = (await someRows(probe, EVERY_BUSINESS, LIST)).map(valueIn).find(text);
  if (value === undefined) throw new NotTested('no data: no business has one');
  return String(value);
};

export const businesses: Belief[] = [
  {
    id: 'businesses.list',
    says: 'GET /business/search answers with a list businesses; four statuses go in one comma-separated value',
    grade: 'D',
    code: `${API}#/business/search`,
    check: hasList(EVERY_BUSINESS, LIST),
  },
  {
    id: 'businesses.counts',
    says: 'beside the list stand page, max_page and count',
    grade: 'D',
    code: 'src/partoo/responses/page.ts#max_page',
    check: hasCounts(EVERY_BUSINESS, LIST, ['page', 'max_page', 'count']),
  },
  {
    id: 'businesses.pages',
    says: 'page starts at 1, and page 2 goes on',
    grade: 'D',
    code: `${API}#page?:`,
    check: pages(
      LIST,
      (page, per_page) => search({ page, per_page }),
      row => row.id,
    ),
  },
  {
    id: 'businesses.per_page',
    says: 'per_page may be 100',
    grade: 'D',
    code: `${API}#per_page?:`,
    check: acceptsPerPage(LIST, EVERY_BUSINESS, 100),
  },
  {
    id: 'businesses.page.last',
    says: 'page 101 is refused: this server says that there are no further pages',
    grade: 'D',
    code: 'src/tools/businesses/search-businesses.ts#LAST_PAGE = 100',
    check: rejects(search({ page: 101 })),
  },
  {
    id: 'businesses.filter.default',
    says: 'without a status, only open businesses come',
    grade: 'D',
    code: `${API}#open businesses only`,
    check: narrows({
      list: LIST,
      all: EVERY_BUSINESS,
      some: search({ status: undefined }),
      fits: row => row.status === 'open',
    }),
  },
  ...EVERY_STATUS.map(byStatus),
  ...(['name', 'city', 'zipcode', 'country', 'code'] as const).map(byField),
  {
    id: 'businesses.filter.query',
    says: 'query searches city, zip code and name',
    grade: 'D',
    code: `${API}#query?:`,
    check: searches(
      LIST,
      EVERY_BUSINESS,
      row => text(row.city),
      value => search({ query: value }),
      (row, value) => fold([row.city, row.zipcode, row.name].join()).includes(fold(value)),
    ),
  },
  {
    id: 'businesses.filter.ids',
    says: 'business__in returns only the businesses with these ids',
    grade: 'D',
    code: `${API}#business__in?:`,
    check: narrowsTo(
      LIST,
      EVERY_BUSINESS,
      row => text(row.id),
      value => search({ business__in: [value] }),
      (row, value) => row.id === value,
    ),
  },
  {
    id: 'businesses.filter.organization',
    says: 'org_id, for PROVIDER users, returns only businesses of this organization',
    grade: 'D',
    code: `${API}#org_id?:`,
    check: async probe => {
      const { json } = await probe.ask(partoo => partoo.me());
      if (!isObject(json) || json.role !== 'PROVIDER') throw new NotTested('needs the key of a PROVIDER');
      return narrowsTo(
        LIST,
        EVERY_BUSINESS,
        row => row.org_id as NumericId | undefined,
        value => search({ org_id: value }),
        (row, value) => row.org_id === value,
      )(probe);
    },
  },
  {
    id: 'businesses.order',
    says: 'order_by=name and -name sort by name',
    grade: 'D',
    code: `${API}#order_by?:`,
    check: sorts(LIST, { up: search({ order_by: 'name' }), down: search({ order_by: '-name' }) }, row =>
      text(row.name),
    ),
  },
  {
    id: 'businesses.one',
    says: 'GET /business/{id} answers with one business, without an envelope',
    grade: 'D',
    code: `${API}#/business/{business_id}`,
    check: isBare(async probe => {
      const id = await oneId(probe, row => row.id);
      return partoo => partoo.businesses.get(id);
    }, 'id'),
  },
  {
    id: 'businesses.one.code',
    says: 'GET /business/c-{code} answers with the business of this code',
    grade: 'D',
    code: `${API}#c-{code}`,
    check: isBare(async probe => {
      const code = await oneId(probe, row => row.code);
      return partoo => partoo.businesses.get(`c-${code}`);
    }, 'id'),
  },
  {
    id: 'businesses.fields',
    says: 'a business has the documented fields, ids of 24 hexadecimal digits, and times in epoch seconds',
    grade: 'D',
    code: 'src/tools/businesses/shape/business-columns.ts#BUSINESS_COLUMNS',
    check: hasFields(rows, {
      id: 'businessId',
      name: 'text',
      code: 'text',
      status: 'text',
      address_full: 'text',
      address2: 'text?',
      region: 'text?',
      city: 'text',
      zipcode: 'text',
      country: 'text',
      created: 'epochSeconds',
      modified: 'epochSeconds',
      opening_date: 'day?',
      description_short: 'text?',
      description_long: 'text?',
      website_url: 'text?',
      facebook_url: 'text?',
      twitter_url: 'text?',
      national_identification_number: 'text?',
      lat: 'number?',
      long: 'number?',
      categories: 'list?',
      contacts: 'list?',
      groups: 'list?',
      open_hours: 'object?',
      specific_hours: 'object?',
      photos: 'object?',
    }),
  },
  {
    id: 'businesses.status',
    says: `a status is one of ${EVERY_STATUS.join(', ')}`,
    grade: 'D',
    code: `${API}#EVERY_STATUS`,
    check: hasWords(rows, 'status', EVERY_STATUS),
  },
  {
    id: 'businesses.open_hours',
    says: 'open_hours has the seven days, each a list of HH:MM-HH:MM',
    grade: 'O',
    code: 'src/tools/businesses/shape/business-fields.ts#open_hours',
    check: everyRow(
      rows,
      row => row.open_hours,
      hours =>
        isObject(hours) &&
        DAYS.every(day => Array.isArray(hours[day]) && (hours[day] as unknown[]).every(isSlot)),
      'open_hours has other days or slots',
    ),
  },
  {
    id: 'businesses.specific_hours',
    says: 'specific_hours has the lists open and close',
    grade: 'O',
    code: 'src/tools/businesses/shape/business-fields.ts#specific_hours',
    check: hasFields(inside(rows, 'specific_hours'), { open: 'list', close: 'list' }),
  },
  {
    id: 'businesses.contacts',
    says: 'a contact has a list phone_numbers, and name, email and fax',
    grade: 'D',
    code: 'src/tools/businesses/shape/business-fields.ts#phone_numbers',
    check: hasFields(inside(rows, 'contacts'), {
      phone_numbers: 'list',
      name: 'text?',
      email: 'text?',
      fax: 'text?',
    }),
  },
  {
    id: 'businesses.photos',
    says: 'photos has LOGO, primary and a list secondary',
    grade: 'D',
    code: 'src/tools/businesses/shape/business-fields.ts#secondary',
    check: hasFields(inside(rows, 'photos'), { LOGO: 'text?', primary: 'text?', secondary: 'list?' }),
  },
  {
    id: 'businesses.categories',
    says: 'categories are texts that begin with gcid:',
    grade: 'D',
    code: 'src/tools/businesses/shape/business-fields.ts#gcid:',
    check: everyRow(
      rows,
      row => row.categories,
      value => Array.isArray(value) && value.every(each => String(each).startsWith('gcid:')),
      'a category begins otherwise',
    ),
  },
  {
    id: 'businesses.groups',
    says: 'groups are the numbers of groups',
    grade: 'D',
    code: `${API}#the ids of groups are numbers`,
    check: everyRow(
      rows,
      row => row.groups,
      value => Array.isArray(value) && value.every(Number.isInteger),
      'a group is no number',
    ),
  },
];

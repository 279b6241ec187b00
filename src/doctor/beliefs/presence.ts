import { isObject } from '../../core/is-object.ts';
import { type BusinessQuery, EVERY_STATUS } from '../../partoo/api/businesses.ts';
import type { Partoo } from '../../partoo/partoo.ts';
import type { Build, Probe } from '../asking/probe.ts';
import type { Belief, Check, CodePlace } from '../checks/belief.ts';
import { everyRow, hasFields, hasWords, inside, rowsIn } from '../checks/fields.ts';
import { narrowsTo, rarest } from '../checks/filters.ts';
import { countOf, hasList, isBare, type Row, refusal, someRows } from '../checks/lists.ts';
import { acceptsPerPage, pages } from '../checks/pages.ts';
import { Contradicted, confirmed, contradicted, NotTested, notTested } from '../model/verdict.ts';
import { EVERY_BUSINESS } from './businesses.ts';

const API = 'src/partoo/api/publishers.ts';
const TOOL = 'src/tools/businesses/get-publisher-states.ts';
const MAP = { map: 'businesses' };
const STATES = ['success', 'pending', 'to_configure'];
const PROBLEMS = ['PUBLISHER_CONNEXION', 'USER_INPUT', 'EXTERNAL'];
type Query = Parameters<Partoo['publishers']['states']>[0];

const states =
  (query: Partial<Query> = {}): Build =>
  partoo =>
    partoo.publishers.states({ page: 1, per_page: 100, ...query });

const ALL = states();
const rows = rowsIn(ALL, MAP);
const publishersOf = ({ publishers }: Row) => (isObject(publishers) ? Object.keys(publishers) : []);
const statesOf = ({ publishers }: Row) =>
  Object.values(isObject(publishers) ? publishers : {}).map(each =>
    isObject(each) ? each.state : undefined,
  );

/** The states of businesses on each platform. */
const onPublishers = async (probe: Probe): Promise<Row[]> =>
  (await rows(probe)).flatMap(({ publishers }) =>
    isObject(publishers) ? Object.values(publishers).filter(isObject) : [],
  );

const publisherStates: Belief[] = [
  {
    id: 'presence.states.map',
    says: 'GET /publisher_states answers with a map businesses',
    grade: 'D',
    code: `${API}#/publisher_states`,
    check: hasList(ALL, MAP),
  },
  {
    id: 'presence.states.count',
    says: 'count is the number of businesses on the page, not of all',
    grade: 'D',
    code: `${API}#count`,
    check: async probe => {
      const one = states({ per_page: 1 });
      const [all, some] = [await someRows(probe, ALL, MAP), await someRows(probe, one, MAP)];
      const { count } = (await probe.ask(one)).json as Row;
      if (all.length === some.length) return notTested('no data: one page holds everything');
      if (typeof count !== 'number') return contradicted('there is no count');
      return count === some.length ? confirmed() : contradicted('it is another number');
    },
  },
  {
    id: 'presence.states.pages',
    says: 'page starts at 1, and page 2 goes on',
    grade: 'D',
    code: `${API}#page: number`,
    check: pages(
      MAP,
      (page, per_page) => states({ page, per_page }),
      row => row.business_id,
    ),
  },
  {
    id: 'presence.states.per_page',
    says: 'per_page may be 100',
    grade: 'D',
    code: `${API}#per_page: number`,
    check: acceptsPerPage(MAP, ALL, 100),
  },
  {
    id: 'presence.states.filter.business',
    says: 'business__in returns only these businesses',
    grade: 'D',
    code: `${API}#business__in`,
    check: narrowsTo(
      MAP,
      ALL,
      row => (typeof row.business_id === 'string' ? row.business_id : undefined),
      value => states({ business__in: [value] }),
      (row, value) => row.business_id === value,
    ),
  },
  {
    id: 'presence.states.filter.publisher',
    says: 'publishers returns only these platforms',
    grade: 'D',
    code: `${API}#publishers?:`,
    check: narrowsTo(
      MAP,
      ALL,
      row => publishersOf(row).find(name => name === 'facebook' || name === 'google_my_business'),
      value => states({ publishers: [value] }),
      (row, value) => publishersOf(row).every(name => name === value),
    ),
  },
  {
    id: 'presence.states.filter.state',
    says: 'states returns only businesses that are in these states on some platform',
    grade: 'D',
    code: `${API}#states?:`,
    check: narrowsTo(
      MAP,
      ALL,
      row => statesOf(row).find(state => state !== 'success') ?? statesOf(row)[0],
      value => states({ states: [String(value)] }),
      (row, value) => statesOf(row).includes(value),
    ),
  },
  {
    id: 'presence.states.fields',
    says: 'a business has business_id, business_name, and publishers by name',
    grade: 'D',
    code: `${TOOL}#publisher_state.business_id`,
    check: hasFields(rows, { business_id: 'businessId', business_name: 'text', publishers: 'object' }),
  },
  {
    id: 'presence.states.publisher',
    says: 'a publisher has state, error_type and url_on_publisher',
    grade: 'D',
    code: `${TOOL}#publisher_state.publishers.state`,
    check: hasFields(onPublishers, { state: 'text', error_type: 'text?', url_on_publisher: 'text?' }),
  },
  {
    id: 'presence.states.publishers',
    says: 'google_my_business and facebook are names of publishers',
    grade: 'D',
    code: `${TOOL}#'facebook', 'google_my_business'`,
    check: async probe => {
      const names = new Set((await rows(probe)).flatMap(publishersOf));
      const missing = ['google_my_business', 'facebook'].filter(name => !names.has(name));
      if (names.size === 0) return notTested('no data: no business has a publisher');
      return missing.length === 0 ? confirmed() : contradicted(`no business has ${missing.join(' or ')}`);
    },
  },
  {
    id: 'presence.states.state',
    says: `a state is one of ${STATES.join(', ')}`,
    grade: 'D',
    code: `${TOOL}#'success', 'pending', 'to_configure'`,
    check: hasWords(onPublishers, 'state', STATES),
  },
  {
    id: 'presence.states.error',
    says: `an error_type is one of ${PROBLEMS.join(', ')}`,
    grade: 'O',
    code: `${TOOL}#PUBLISHER_CONNEXION`,
    check: hasWords(onPublishers, 'error_type', PROBLEMS),
  },
];

const errors: Belief = {
  id: 'presence.errors',
  says: 'POST /diffusion_errors/{business_id} with {} only reads, and answers with an object',
  grade: 'D',
  code: `${API}#/diffusion_errors/{business_id}`,
  check: isBare(async probe => {
    const [business] = await someRows(probe, EVERY_BUSINESS, 'businesses');
    return partoo => partoo.publishers.errors(String(business?.id), {});
  }),
};

const COMPLETION = 'src/partoo/api/businesses.ts';
const COMPLETION_TOOL = 'src/tools/businesses/get-completion-stats.ts';

const completion =
  (query: BusinessQuery = {}): Build =>
  partoo =>
    partoo.businesses.completion({ status: EVERY_STATUS, ...query });

async function statistics(probe: Probe): Promise<Row[]> {
  const { status, json } = await probe.ask(completion());
  if (status !== 200 || !isObject(json)) throw new NotTested('the statistics cannot be read');
  return [json];
}

/** The number of businesses in all counts. */
function sumOf({ counts }: Row): number {
  const numbers = isObject(counts) ? Object.values(counts) : [];
  const sum = numbers.reduce((total: number, each) => total + Number(each), 0);
  if (numbers.length === 0 || Number.isNaN(sum)) throw new NotTested('the counts cannot be read');
  return sum;
}

async function counted(probe: Probe, query: BusinessQuery): Promise<number> {
  const answer = await probe.ask(completion(query));
  if (answer.status !== 200) throw new Contradicted(refusal(answer));
  return sumOf(answer.json as Row);
}

async function countedOfAll(probe: Probe): Promise<number> {
  const [all] = await statistics(probe);
  return sumOf(all ?? {});
}

/** The counts add up to the number of businesses: otherwise they say nothing about filters. */
async function isWhole(probe: Probe): Promise<boolean> {
  return (await countedOfAll(probe)) === (await countOf(probe, EVERY_BUSINESS, 'businesses'));
}

function countsFewer(query: (value: string) => BusinessQuery, field: string): Check {
  return async probe => {
    const businesses = await someRows(probe, EVERY_BUSINESS, 'businesses');
    if (!(await isWhole(probe))) return notTested('the counts do not add up to the number of businesses');
    const values = businesses.map(row => row[field]).filter(value => typeof value === 'string');
    const value = rarest(values);
    if (value === undefined || values.every(each => each === value)) {
      return notTested('no data: all businesses fit');
    }
    const some = await counted(probe, query(value));
    if (some === 0) return contradicted('it counts nothing, but a business fits');
    return some < (await countedOfAll(probe))
      ? confirmed()
      : contradicted('it counts as many as without the filter');
  };
}

const completionFilter = (
  name: keyof BusinessQuery,
  field: string,
  query: (value: string) => BusinessQuery,
): Belief => ({
  id: `presence.completion.filter.${name.replace('__in', '')}`,
  says: `${name} leaves out other businesses, as in the search`,
  grade: 'D',
  code: `${COMPLETION_TOOL}#${name === 'country' ? 'country,' : `${name}:`}` as CodePlace,
  check: countsFewer(query, field),
});

export const presence: Belief[] = [
  ...publisherStates,
  errors,
  {
    id: 'presence.completion',
    says: 'GET /business/search/stats answers with average_completion_rate, without an envelope',
    grade: 'D',
    code: `${COMPLETION}#/business/search/stats`,
    check: isBare(async () => completion(), 'average_completion_rate'),
  },
  {
    id: 'presence.completion.average',
    says: 'average_completion_rate is in percent',
    grade: 'I',
    code: `${COMPLETION_TOOL}#average rate in percent`,
    check: everyRow(
      statistics,
      row => row.average_completion_rate,
      value => typeof value === 'number' && (value === 0 || value > 1) && value <= 100,
      'it is no number from 1 to 100',
    ),
  },
  {
    id: 'presence.completion.counts',
    says: 'counts has low, mid and high',
    grade: 'D',
    code: `${COMPLETION_TOOL}#low: out.number()`,
    check: hasFields(inside(statistics, 'counts'), { low: 'integer', mid: 'integer', high: 'integer' }),
  },
  {
    id: 'presence.completion.total',
    says: 'the counts add up to the number of businesses',
    grade: 'I',
    code: `${COMPLETION_TOOL}#how many businesses`,
    check: async probe =>
      (await isWhole(probe)) ? confirmed() : contradicted('they add up to another number'),
  },
  completionFilter('business__in', 'id', id => ({ business__in: [id] })),
  completionFilter('query', 'city', city => ({ query: city })),
  completionFilter('city', 'city', city => ({ city })),
  completionFilter('country', 'country', country => ({ country })),
  completionFilter('status', 'status', status => ({ status: [status] })),
];

import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../../core/is-object.ts';
import { businessUpdate } from '../../partoo/api/businesses.ts';
import { reviewState } from '../../partoo/api/reviews/review-writes.ts';
import { defectOf } from '../asking/answer.ts';
import type { Build, Probe } from '../asking/probe.ts';
import type { Belief, Check } from '../checks/belief.ts';
import { hasFields } from '../checks/fields.ts';
import { isBare, refusal, someRows } from '../checks/lists.ts';
import { confirmed, contradicted, NotTested, notTested } from '../model/verdict.ts';

const CODE = 'src/partoo/api/businesses.ts#businessUpdate';

async function namedBusiness(probe: Probe): Promise<{ id: string; business: Record<string, unknown> }> {
  const id = probe.writeTo ?? '';
  const { status, json } = await probe.ask(partoo => partoo.businesses.get(id));
  if (status !== 200 || !isObject(json)) throw new NotTested('the business of --business cannot be read');
  return { id, business: json };
}

/** Sets a field to the value that it has. */
function setsToItself(field: string, mayBeSent: (value: unknown) => boolean): Check {
  return async probe => {
    const { id, business } = await namedBusiness(probe);
    const value = business[field];
    if (!mayBeSent(value)) return notTested(`${field} has no value that can be sent back unchanged`);
    const answer = await probe.ask(partoo => partoo.write(businessUpdate(id, { [field]: value })));
    if (answer.status >= 300) return contradicted(refusal(answer));
    const defect = defectOf(answer);
    if (defect !== undefined) return contradicted(`this server does not take the answer: it ${defect}`);
    const { business: after } = await namedBusiness(probe);
    const names = Object.keys(business).filter(name => name !== 'modified');
    // Only the names of fields that this server knows to send or to read may be shown.
    const changed = names.filter(name => !isDeepStrictEqual(business[name], after[name]));
    return changed.length === 0
      ? confirmed()
      : contradicted(`${changed.includes(field) ? field : 'another field'} is different afterwards`);
  };
}

/** A dry run with the value that a field has: harmless even if it is saved, which `modified` shows. */
function dryRun(field: string): Check {
  return async probe => {
    const { id, business } = await namedBusiness(probe);
    const value = business[field];
    if (typeof value !== 'string' || value === '') return notTested(`${field} has no value`);
    const answer = await probe.ask(partoo => partoo.publishers.errors(id, { [field]: value }));
    if (answer.status !== 200) return contradicted(refusal(answer));
    const defect = defectOf(answer);
    if (defect !== undefined) return contradicted(`this server does not take the answer: it ${defect}`);
    probe.forget();
    const { business: after } = await namedBusiness(probe);
    return isDeepStrictEqual(business, after)
      ? confirmed()
      : contradicted('the business is different afterwards');
  };
}

/** A treated review of the business: it has been dealt with. */
async function treatedReview(probe: Probe): Promise<number> {
  const { business } = await namedBusiness(probe);
  const query = { business__in: [String(business.id)], state__in: ['treated'], page: 1, per_page: 100 };
  const reviews = await someRows(probe, partoo => partoo.reviews.search(query), 'reviews');
  const review = reviews.find(({ id, state }) => Number.isInteger(id) && state === 'treated');
  if (!review) throw new NotTested('no data: the business has no treated review');
  return Number(review.id);
}

async function suggestion(probe: Probe): Promise<Build> {
  const id = await treatedReview(probe);
  return partoo => partoo.reviews.suggestion(id, 0);
}

const suggested = async (probe: Probe) => {
  const { status, json } = await probe.ask(await suggestion(probe));
  if (status !== 200 || !isObject(json) || !('id' in json)) {
    throw new NotTested('the suggestion cannot be read');
  }
  return json;
};

const SUGGESTION = 'src/partoo/api/reviews/reviews.ts#/reviews/fetch-suggestion/{review_id}/{index}';

/** Partoo refuses periods that have ended, so only others can be sent back. */
function isWithoutPast(value: unknown): boolean {
  if (!isObject(value) || !Array.isArray(value.open) || !Array.isArray(value.close)) return false;
  const today = new Date().toISOString().slice(0, 10);
  return [...value.open, ...value.close].every(period => String(period?.ends_at) >= today);
}

export const writes: Belief[] = [
  {
    id: 'writes.description_short',
    says: 'POST /business/{id} with description_short alone answers {status: success, id} and changes nothing else',
    grade: 'O',
    code: CODE,
    writes: true,
    check: setsToItself('description_short', value => typeof value === 'string' && value !== ''),
  },
  {
    id: 'writes.specific_hours',
    says: 'POST /business/{id} takes specific_hours in the form in which it returns them',
    grade: 'O',
    code: CODE,
    writes: true,
    check: setsToItself('specific_hours', isWithoutPast),
  },
  {
    id: 'writes.dry_run',
    says: 'POST /diffusion_errors/{business_id} takes fields as an update does, and saves nothing',
    grade: 'D',
    code: 'src/partoo/api/publishers.ts#saves nothing',
    writes: true,
    check: dryRun('description_short'),
  },
  {
    id: 'writes.review_state',
    says: 'PUT /reviews/{review_id} with state alone answers with the review',
    grade: 'D',
    code: 'src/partoo/api/reviews/review-writes.ts#reviewState',
    writes: true,
    check: async probe => {
      const id = await treatedReview(probe);
      const answer = await probe.ask(partoo => partoo.write(reviewState(id, 'treated')));
      if (answer.status >= 300) return contradicted(refusal(answer));
      const defect = defectOf(answer);
      return defect === undefined ? confirmed() : contradicted(`this server does not take it: it ${defect}`);
    },
  },
  {
    id: 'writes.suggestion',
    says: 'GET /reviews/fetch-suggestion/{review_id}/{index} answers with one suggestion, without an envelope',
    grade: 'D',
    code: SUGGESTION,
    writes: true,
    check: isBare(suggestion, 'id'),
  },
  {
    id: 'writes.suggestion.fields',
    says: 'a suggestion has id, review_id, index and content',
    grade: 'D',
    code: 'src/tools/reviews/suggest-review-reply.ts#reply_suggestion.content',
    writes: true,
    check: hasFields(async probe => [await suggested(probe)], {
      id: 'integer',
      review_id: 'integer',
      index: 'integer',
      content: 'text',
    }),
  },
  {
    id: 'writes.suggestion.kept',
    says: 'the same index gives the same suggestion again',
    grade: 'D',
    code: 'src/partoo/api/reviews/reviews.ts#keeps them',
    writes: true,
    check: async probe => {
      const first = await suggested(probe);
      probe.forget();
      const second = await suggested(probe);
      const isSame = first.id === second.id && first.content === second.content;
      return isSame ? confirmed() : contradicted('it gives another suggestion');
    },
  },
];

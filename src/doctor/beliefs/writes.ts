import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../../core/is-object.ts';
import { businessUpdate } from '../../partoo/api/businesses.ts';
import { defectOf } from '../asking/answer.ts';
import type { Probe } from '../asking/probe.ts';
import type { Belief, Check } from '../checks/belief.ts';
import { refusal } from '../checks/lists.ts';
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
];

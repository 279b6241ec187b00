import { isObject } from '../../core/is-object.ts';
import type { PartooRequest } from '../../partoo/requests/request.ts';
import { readObject } from '../../partoo/responses/page.ts';
import type { Answer } from '../asking/answer.ts';
import type { Build, Probe } from '../asking/probe.ts';
import { shapeOf } from '../model/shape.ts';
import { confirmed, contradicted, notTested } from '../model/verdict.ts';
import type { Check } from './belief.ts';

export const get = (path: string, query: PartooRequest['query'] = {}): PartooRequest => ({
  method: 'GET',
  path,
  query,
  read: readObject,
});

/** Partoo refuses a request with this status, and its body passes. */
export function refuses(
  ask: (probe: Probe) => Promise<Answer>,
  status: number,
  fits: (body: Record<string, unknown>) => boolean,
): Check {
  return async probe => {
    const answer = await ask(probe);
    if (answer.status === 429 || answer.status >= 500) return notTested(`Partoo failed (${answer.status})`);
    if (answer.status !== status) return contradicted(`Partoo answers ${answer.status}, not ${status}`);
    return bodyFits(answer, fits);
  };
}

/** Partoo refuses a request that this server's tools do not let through. */
export function rejects(build: Build): Check {
  return async probe => {
    const { status } = await probe.ask(build);
    return status === 400 ? confirmed() : contradicted(`Partoo answers ${status}, not 400`);
  };
}

/** The refusals with this status that came by in this run. */
export function refused(status: number, fits: (body: Record<string, unknown>) => boolean): Check {
  return async probe => {
    const [answer] = probe.refusals.filter(each => each.status === status);
    return answer ? bodyFits(answer, fits) : notTested(`no ${status} came by, and none is provoked`);
  };
}

function bodyFits({ json }: Answer, fits: (body: Record<string, unknown>) => boolean) {
  return isObject(json) && fits(json) ? confirmed() : contradicted(`the body is ${shapeOf(json, 3)}`);
}

/** Both documented names of the reason. */
export const reasonIn = (body: Record<string, unknown>) => {
  const reason = body.error ?? body.errors;
  return isObject(reason) ? reason : {};
};

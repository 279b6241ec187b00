import type { PartooRequest } from '../../partoo/requests/request.ts';
import { isByIntermediary } from '../../partoo/responses/intermediary.ts';
import { readSuccess } from '../../partoo/responses/success.ts';
import { NotTested } from '../model/verdict.ts';

/** What Partoo sent, raw, beside the request. */
export interface Answer {
  request: PartooRequest;
  status: number;
  /** Undefined for an empty body and for one that is not JSON. */
  json: unknown;
  /** The body of a refusal that is not JSON. */
  text?: string;
  /** Milliseconds, from `Retry-After`. */
  retryAfterMs?: number;
  /** Epoch milliseconds, from `Date`. */
  sentAt?: number;
}

/** Returns why this server's own reader of a success does not take the answer; undefined if it does. */
export function defectOf(answer: Answer): string | undefined {
  const read = readSuccess(answer.request, answer);
  if ('result' in read) return undefined;
  return read.failure.defect ?? 'reports a failure';
}

/** @throws NotTested for an answer that says nothing about what was asked. */
export function mustTell(answer: Answer): Answer {
  const { status } = answer;
  if (status === 401) throw new NotTested('Partoo does not accept the key here (401)');
  if (isByIntermediary(answer)) throw new NotTested(`a proxy in front of Partoo refused it (${status})`);
  if (status === 403) throw new NotTested('no permission (403)');
  if (status === 429) throw new NotTested('the rate limit is used up (429)');
  if (status >= 500) throw new NotTested(`Partoo failed (${status})`);
  return answer;
}

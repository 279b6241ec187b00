import type { CallError, ErrorCode } from '../../core/call-error.ts';
import { cleanText } from '../../tools/untrusted-text/clean-text.ts';
import { delimitErrorLine } from '../../tools/untrusted-text/delimit-fields.ts';

interface Advice {
  /** What happened. */
  message: string;
  /** What to do next. */
  next_step: string;
}

/**
 * What the model reads for each code. Except for `outcome_unknown`, an error means that the call changed nothing; where
 * a model could doubt it, the row says so.
 */
const ADVICE: Record<ErrorCode, Advice> = {
  missing_api_key: {
    message:
      'This call needs a Partoo API key and the request carried no usable one. A placeholder that the client ' +
      'did not fill in, such as ${PARTOO_API_KEY}, counts as none.',
    next_step:
      'Ask the user to add the header "x-APIKey: <their Partoo API key>" (or "x-api-key", "x-auth-token" or ' +
      '"Authorization: Bearer <key>", whichever their client can send) to the configuration of this MCP server, and to ' +
      'reconnect. A key in the URL is not read.',
  },
  invalid_api_key: {
    message: 'Partoo does not accept this API key.',
    next_step:
      'Do not try again with it. Ask the user to check the x-APIKey header in their client, and that the key ' +
      'belongs to this environment (production and sandbox have different keys).',
  },
  permission_denied: {
    message: 'The user this key belongs to may not do this. Nothing was changed.',
    next_step:
      'Do not try again as it is. Leave out the fields named in problems, if any; otherwise tell the user that it ' +
      'takes someone with another role in Partoo.',
  },
  not_found: {
    message: 'Partoo knows nothing under this id, or the key may not see it. Nothing was changed.',
    next_step: 'Look the id up with the search or list tool it comes from, then call again.',
  },
  invalid_input: {
    message: 'This cannot be done as it was asked for. Nothing was changed.',
    next_step:
      'Correct every entry of problems and call again; without any, check the values against the tool. Where one cannot ' +
      'be corrected, do not call again: tell the user.',
  },
  rate_limited: {
    message:
      "Too many requests for now: Partoo's limit a minute is used up, or too many calls wait for it. The call was " +
      'not carried out.',
    next_step:
      'Wait retry_after_seconds, then make the same call again. Ask for larger pages to need fewer calls.',
  },
  partoo_unavailable: {
    message: 'Partoo could not be reached or failed. Nothing was changed.',
    next_step:
      'Wait retry_after_seconds, or a minute if there is none, and try once more; if it still fails, tell the user ' +
      'that Partoo has trouble.',
  },
  timeout: {
    message: 'Partoo did not answer in time. Nothing was changed.',
    next_step: 'Try once more, with a narrower question or a smaller per_page.',
  },
  outcome_unknown: {
    message: 'The request was sent, but Partoo did not confirm it: it may have been carried out or not.',
    next_step: 'Do not send it again before you have looked.',
  },
  in_progress: {
    message:
      'The same write was asked for just now and is still in progress. Nothing was sent a second time.',
    next_step:
      'Wait retry_after_seconds, then make the same call again: it answers what came of the first. If you want it ' +
      'twice on purpose, call with an idempotency_key that you have not used.',
  },
  writes_paused: {
    message:
      'This server makes no writes for now: its replicas cannot tell each other what they have written, so that this ' +
      'one could be made twice. This call sent nothing; if you asked for the same before, that one may have been carried out.',
    next_step:
      'Wait retry_after_seconds, then make the same call again: it is made then, or answers what came of the first. ' +
      'Tools that only read work meanwhile. If it still fails after some minutes, tell the user that this server has trouble.',
  },
  cancelled: {
    message: 'The call was cancelled before it was carried out.',
    next_step: 'Call again if it is still wanted.',
  },
  internal: {
    message: 'This server failed. The cause is in its log.',
    next_step: 'Try once more; if it still fails, tell the user and name the request id.',
  },
};

export const ERROR_CODES = Object.keys(ADVICE) as ErrorCode[];

/** The same call is remembered as sent: without this a model that has looked could not go on. */
const IF_NOT_DONE =
  'If it did not happen, call again with an idempotency_key that you have not used: the same call without one is ' +
  'not sent again for some minutes.';

/** An error as the model reads it. `recoveryHint` is the tool's own way to find out whether a write happened. */
export function advise(
  { code, problems, problemsByPartoo, retryAfterSeconds }: CallError,
  requestId: string,
  recoveryHint?: string,
) {
  const { message, next_step } = ADVICE[code];
  // What the caller wrote is in some of them, and could hold what stands for our delimiters.
  const told = [
    ...problems.map(cleanText),
    ...problemsByPartoo.map(line => delimitErrorLine(cleanText(line))),
  ];
  return {
    error: {
      code,
      message,
      next_step: code === 'outcome_unknown' ? [next_step, recoveryHint, IF_NOT_DONE].join(' ') : next_step,
      ...(told.length > 0 && { problems: told }),
      ...(retryAfterSeconds !== undefined && { retry_after_seconds: retryAfterSeconds }),
      request_id: requestId,
    },
  };
}

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
      'The request had no usable Partoo API key. A placeholder that the client did not fill in, such as ' +
      '${PARTOO_API_KEY}, is not a key.',
    next_step:
      'Ask the user to add the header "x-APIKey: <their Partoo API key>" (or "x-api-key", "x-auth-token" or ' +
      '"Authorization: Bearer <key>", whichever their client can send) to the configuration of this MCP server, and to ' +
      'reconnect. Keys in the URL are ignored.',
  },
  invalid_api_key: {
    message: 'Partoo does not accept this API key.',
    next_step:
      'Do not try again with this key. Ask the user to check the x-APIKey header in their client, and that the key ' +
      'belongs to this environment: production and sandbox have different keys.',
  },
  invalid_access_token: {
    message:
      'The request has no access token that this server accepts: it is missing, unknown, expired or revoked. Nothing was sent to Partoo.',
    next_step:
      'Do not try again with this token. Ask the user for the access token that the administrator of this server gave them, as ' +
      '"Authorization: Bearer <token>" in the configuration of this MCP server.',
  },
  permission_denied: {
    message:
      'This key may not do this: its Partoo user lacks the permission, or the key itself was given less. Nothing was changed.',
    next_step:
      'Do not repeat the call unchanged. Leave out the fields named in problems, if any; otherwise tell the user that ' +
      'this needs another role in Partoo, or a key with more permissions.',
  },
  not_found: {
    message: 'Partoo has no such id or store code, or this key may not see it. Nothing was changed.',
    next_step: 'Look the id up with the search or list tool that returns it, then call again.',
  },
  invalid_input: {
    message: 'The call cannot be carried out as sent. Nothing was changed.',
    next_step:
      'Correct every argument named in problems and call again. If problems is absent, check the arguments against the ' +
      'tool. If one cannot be corrected, do not call again: tell the user.',
  },
  rate_limited: {
    message:
      "Too many requests: Partoo's limit per minute is used up, or too many calls are waiting for it. The call was not " +
      'carried out.',
    next_step: 'Wait retry_after_seconds, then make the same call again. Larger pages need fewer calls.',
  },
  partoo_unavailable: {
    message: 'Partoo could not be reached or failed. Nothing was changed.',
    next_step:
      'Wait retry_after_seconds, or a minute if it is absent, and try once more. If it still fails, tell the user ' +
      'that Partoo has a problem.',
  },
  timeout: {
    message: 'Partoo did not answer in time. Nothing was changed.',
    next_step: 'Try once more with narrower filters or a smaller per_page.',
  },
  outcome_unknown: {
    message: 'The request was sent, but Partoo did not confirm it: it may or may not have been carried out.',
    next_step: 'Check before you send it again.',
  },
  in_progress: {
    message: 'The same write is still in progress from an earlier call. Nothing was sent again.',
    next_step:
      'Wait retry_after_seconds, then make the same call again: it returns the outcome of the first. To make ' +
      'the same write twice on purpose, call with a new idempotency_key.',
  },
  writes_paused: {
    message:
      'This server has paused writes: its replicas cannot share what they have written, and a write could happen twice. ' +
      'This call sent nothing; an earlier identical call may have been carried out.',
    next_step:
      'Wait retry_after_seconds, then make the same call again: it writes, or returns the outcome of the earlier call. ' +
      'Tools that only read work meanwhile. If it still fails after a few minutes, tell the user that this server has a problem.',
  },
  cancelled: {
    message: 'The call was cancelled before it was carried out.',
    next_step: 'Call again if it is still needed.',
  },
  internal: {
    message: 'This server failed. The cause is in its log.',
    next_step: 'Try once more. If it still fails, tell the user the request_id.',
  },
};

export const ERROR_CODES = Object.keys(ADVICE) as ErrorCode[];

/** The same call is remembered as sent: without this a model that has looked could not go on. */
const IF_NOT_DONE =
  'If it did not happen, call again with a new idempotency_key: without one, the same call is not sent again for ' +
  'a few minutes.';

/** A job finds out by itself, and has no idempotency_key. */
const FIND_OUT = 'Call again with the same arguments: it reads first, and changes only what is left to do.';

/** An error as the model reads it. `recoveryHint` is the tool's own way to find out whether a write happened. */
export function advise(
  { code, problems, problemsByPartoo, retryAfterSeconds }: CallError,
  requestId: string,
  recoveryHint?: string,
) {
  const { message, next_step } = ADVICE[code];
  // Some repeat the caller's own text, which could contain the placeholders of our delimiters.
  const listed = [
    ...problems.map(cleanText),
    ...problemsByPartoo.map(line => delimitErrorLine(cleanText(line))),
  ];
  return {
    error: {
      code,
      message,
      next_step: code === 'outcome_unknown' ? afterUnknown(next_step, recoveryHint) : next_step,
      ...(listed.length > 0 && { problems: listed }),
      ...(retryAfterSeconds !== undefined && { retry_after_seconds: retryAfterSeconds }),
      request_id: requestId,
    },
  };
}

const afterUnknown = (next: string, recoveryHint: string | undefined) =>
  recoveryHint === undefined ? FIND_OUT : [next, recoveryHint, IF_NOT_DONE].join(' ');

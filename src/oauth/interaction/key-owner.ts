import type { Logger } from 'pino';
import { CallError } from '../../core/call-error.ts';
import type { Caller } from '../../core/caller.ts';
import { errorFields } from '../../core/error-fields.ts';
import { printable } from '../../core/text/printable.ts';
import { readAccount } from '../../partoo/account.ts';
import { untrackedCall } from '../../partoo/client/call.ts';
import type { OpenPartoo, Partoo } from '../../partoo/partoo.ts';
import type { Owner } from '../pages/consent-page.ts';

/** The owner of a key, or why it is not known. */
type KeyCheck =
  | { owner: Owner }
  | { problem: 'invalid_key' | 'forbidden_key' | 'partoo_unavailable' | 'busy' };

export type CheckKeyOwner = (caller: Caller) => Promise<KeyCheck>;

/** As the page shows it. */
const MAX_NAME_LENGTH = 60;
/** A person waits for it. */
const CHECK_MS = 20_000;
/** The organization's name and the number of locations are welcome, and not worth a longer wait. */
const DETAILS_MS = 5_000;

/** Returns a function that asks Partoo whose key it is. It does not stop for a browser that disconnects: a second click may wait for it. */
export function createCheckKeyOwner(openPartoo: OpenPartoo, log: Logger): CheckKeyOwner {
  const open = (caller: Caller, ms: number) => openPartoo(untrackedCall(caller, ms));
  return async caller => {
    try {
      const user = await open(caller, CHECK_MS).me();
      return { owner: await describe(user, open(caller, DETAILS_MS)) };
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      const { code } = error;
      if (code === 'invalid_api_key') return { problem: 'invalid_key' };
      if (code === 'permission_denied') return { problem: 'forbidden_key' };
      log.warn(
        { keyHash: caller.keyHash, error: errorFields(error) },
        'a key could not be checked at sign-in',
      );
      return { problem: code === 'rate_limited' ? 'busy' : 'partoo_unavailable' };
    }
  };
}

async function describe(user: Record<string, unknown>, partoo: Partoo): Promise<Owner> {
  const { first_name, last_name, email, role } = user;
  const { organization, businesses } = await readAccount(user, partoo);
  const company = text(organization?.name);
  const person =
    text([first_name, last_name].filter(part => typeof part === 'string').join(' ')) || text(email);
  return {
    by: 'key',
    name: company || person || 'Partoo',
    ...(company && person && { person }),
    ...(typeof role === 'string' && { role }),
    ...(businesses !== undefined && { locations: businesses }),
    mayWrite: true,
  };
}

const text = (value: unknown) => (typeof value === 'string' ? printable(value, MAX_NAME_LENGTH) : '');

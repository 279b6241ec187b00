import { LRUCache } from 'lru-cache';
import { CallError } from '../../core/call-error.ts';
import type { Caller } from '../../core/caller.ts';
import { printable } from '../../core/text/printable.ts';
import { type Account, readAccount } from '../../partoo/account.ts';
import { untrackedCall } from '../../partoo/client/call.ts';
import type { OpenPartoo } from '../../partoo/partoo.ts';
import { delimitText } from '../../tools/untrusted-text/delimit-fields.ts';
import { isDelimited } from '../../tools/untrusted-text/delimiters.ts';

/** Says whose key a caller has, in a sentence for the instructions. Undefined where that is not known. */
export type DescribeAccount = (caller: Caller | CallError) => Promise<string | undefined>;

const KEPT_MS = 5 * 60_000;
/** Short, so that the sentence is back soon after Partoo is. */
const FAILURE_KEPT_MS = 30_000;
const MAX_KEYS = 500;
/** A handshake waits for no more: the instructions are complete without. */
const PATIENCE_MS = 1_500;
const MAX_NAME_LENGTH = 60;

/** `accepts`: whether Partoo has accepted a key. Made-up keys cause no request. */
export function createDescribeAccount(
  openPartoo: OpenPartoo,
  accepts: (keyHash: string) => boolean,
): DescribeAccount {
  const known = new LRUCache<string, { sentence?: string }>({ max: MAX_KEYS, ttl: KEPT_MS });
  return async caller => {
    if (caller instanceof CallError || !accepts(caller.keyHash)) return undefined;
    const remembered = known.get(caller.keyHash);
    if (remembered) return remembered.sentence;
    try {
      const partoo = openPartoo(untrackedCall(caller, PATIENCE_MS));
      const sentence = describe(await readAccount(await partoo.me(), partoo));
      known.set(caller.keyHash, { sentence });
      return sentence;
    } catch {
      // While Partoo is down, only the first handshake of a key waits for it.
      known.set(caller.keyHash, {}, { ttl: FAILURE_KEPT_MS });
      return undefined;
    }
  };
}

function describe({ user, organization, businesses }: Account): string {
  const name = printableIn(organization?.name);
  const role = delimitText('partoo_value', printableIn(user.role));
  const parts = [
    role !== '' && !isDelimited(role) && `role ${role}`,
    businesses !== undefined && `${businesses} businesses`,
  ];
  return `The key belongs to a user${name && ` of ${delimitText('third_party', name)}`} (${parts.filter(Boolean).join(', ') || 'role unknown'}).`;
}

const printableIn = (value: unknown) => (typeof value === 'string' ? printable(value, MAX_NAME_LENGTH) : '');

/** Why a person is not let in. */
export type RefusalReason =
  | 'no_email'
  | 'other_domain'
  | 'unverified_email'
  | 'private_account'
  | 'no_member'
  | 'no_groups'
  | 'too_many_groups'
  | 'unreachable'
  | 'denied'
  | 'other_sign_in'
  | 'failed';

export interface Refused {
  reason: RefusalReason;
  /** The person's address, where the reason is about it. */
  email?: string;
}

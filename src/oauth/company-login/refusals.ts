/** Why a person is not let in. */
export type RefusalReason = keyof typeof SENTENCES;

export interface Refused {
  reason: RefusalReason;
  /** What happened and what to do, in English for the person. Does not say whom the operator admits. */
  refused: string;
  /** The person's address, where the reason is about it. */
  email?: string;
}

const ASK_THE_OPERATOR = "If that does not help, tell this server's operator.";

const SENTENCES = {
  no_rule: 'This server admits nobody: its operator has set no rule. Ask the operator to set one.',
  no_email:
    "Your company's login gave no email address, which this server needs. Tell this server's operator.",
  other_domain: 'This server does not admit addresses of that domain. Sign in with another account.',
  unverified_email:
    "Your company's login has not verified that this address is yours. Verify it there, then sign in again.",
  private_account:
    "This is a private account, which no company manages. Sign in with your company's account.",
  no_member:
    'You are in none of the groups that this server admits. Ask its operator for access, or sign in with another account.',
  no_groups: "Your company's login named no groups of yours. Tell this server's operator.",
  too_many_groups:
    "Your company's login left out your groups, because there are too many. Ask this server's operator to have it send only the groups assigned to the application.",
  unreachable: `Your company's login is not reachable at the moment. Try again in a minute. ${ASK_THE_OPERATOR}`,
  denied:
    "Your company's login did not let you in, or you cancelled there. Try again, or sign in with another account.",
  other_sign_in:
    'This response belongs to another sign-in, or to one that is over. Start again from your AI client.',
  failed: `Your company's login did not complete the sign-in. Try again. ${ASK_THE_OPERATOR}`,
};

export function refuse(reason: RefusalReason, email?: string): Refused {
  const refused = SENTENCES[reason];
  return email === undefined ? { reason, refused } : { reason, refused: `${email}: ${refused}`, email };
}

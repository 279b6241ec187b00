export interface Call {
  key: string;
  tool: string;
  args: Record<string, unknown>;
}

/** One thing that a client wants done, with as many calls as it takes. */
export interface Intent extends Call {
  number: number;
  effect: 'reads' | 'adds' | 'replaces';
  /** Called at two servers at once, as by a client that gave up waiting too early. */
  twice: boolean;
  /** Present if the client disconnects during its first call. */
  hangUp?: HangUp;
  /** The arguments in other spellings, for repeated calls. */
  spellings: readonly Call['args'][];
}

/** What one key has access to at the upstream. */
export interface Reach {
  key: string;
  isAdmin: boolean;
  businesses: string[];
  codes: Codes;
  conversations: number[];
  /** Takes a review without a reply, from all keys with access to it: each can be replied to once. */
  takeReview(): number | undefined;
}

/** Business id → store code. */
export type Codes = ReadonlyMap<string, string>;

export const STAGES = [
  'while sending the body',
  'right after the request',
  'while waiting',
  'in the response',
] as const;

export interface HangUp {
  stage: (typeof STAGES)[number];
  /** Whether the client calls again. */
  comesBack: boolean;
}

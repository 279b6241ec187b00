/** The person or machine that makes a request with a Partoo key: its own, or one that it shares with others. */
export interface Caller {
  /** Goes to Partoo in `x-APIKey` and nowhere else: not to the log, not to Redis, not into a response. */
  key: string;
  /** Replaces the key everywhere else (http/authentication/key-hash.ts); rate limits count by it. */
  keyHash: string;
  /** The caller's name, where several people share the key. */
  person?: string;
  /** Stands for this person and key; without a person it is the key's hash. Remembered writes and calls in progress count by it. */
  callerHash: string;
  restriction?: Restriction;
  /** The client's address, as address-based limits count it. */
  address?: string;
  /** Derives the key that encrypts what is stored for this caller. Lazy: most calls store nothing. */
  sealingKey(): Buffer;
}

/** Someone who may use a key that others use too. */
export type Holder = Pick<Caller, 'person' | 'restriction'>;

/** Narrows the tools of a caller, as the tool filter of a URL does. */
export interface Restriction {
  /** As error messages name it. */
  source: string;
  readonly: boolean;
  /** Absent: all toolsets. */
  toolsets?: readonly string[];
}

/** The holder of a Partoo key who makes a request. */
export interface Caller {
  /** Goes to Partoo in `x-APIKey` and nowhere else: not to the log, not to Redis, not into a response. */
  key: string;
  /** Replaces the key everywhere else (http/authentication/key-hash.ts); rate limits count by it. */
  keyHash: string;
  /** The client's address, as address-based limits count it. */
  address?: string;
  /** Derives the key that encrypts what is stored for this caller. Lazy: most calls store nothing. */
  sealingKey(): Buffer;
}

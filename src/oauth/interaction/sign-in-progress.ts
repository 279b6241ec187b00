import type { PendingLogin } from '../company-login/company-login.ts';
import type { Owner } from '../pages/consent-page.ts';
import type { SealedRecords } from '../store/sealed-records.ts';
import { SIGN_IN_MS } from '../store/sign-in-store.ts';
import type { Identity } from '../tokens/access-token.ts';

/** The person who has signed in and has not decided yet. */
export interface SignedIn {
  identity: Identity;
  owner: Owner;
}

/** Partoo keys that one sign-in may try. */
export const MAX_ATTEMPTS = 5;

/**
 * How far each sign-in has come between two requests of its browser. Encrypted in the store, so that a key is sent to this
 * server once and never back to a browser.
 */
export class SignInProgress {
  readonly #records: SealedRecords;

  constructor(records: SealedRecords) {
    this.#records = records;
  }

  signedIn(uid: string): Promise<SignedIn | undefined> {
    return this.#records.get<SignedIn>('SignedIn', uid);
  }

  async keepSignedIn(uid: string, signedIn: SignedIn): Promise<void> {
    await this.#records.set('SignedIn', uid, signedIn, SIGN_IN_MS);
  }

  /** Returns the number of this attempt; undefined when there may be no more. Atomic, across replicas too. */
  async takeAttempt(uid: string): Promise<number | undefined> {
    for (let number = 1; number <= MAX_ATTEMPTS; number++) {
      if (await this.#records.add('Attempt', `${uid} ${number}`, {}, SIGN_IN_MS)) return number;
    }
    return undefined;
  }

  /** Undoes an attempt that has said nothing about the key. */
  async giveAttemptBack(uid: string, number: number): Promise<void> {
    await this.#records.delete('Attempt', `${uid} ${number}`);
  }

  async keepLogin(pending: PendingLogin): Promise<void> {
    await this.#records.set('Login', pending.state, pending, SIGN_IN_MS);
  }

  login(state: string): Promise<PendingLogin | undefined> {
    return this.#records.get<PendingLogin>('Login', state);
  }

  /** Good for one response of the company's login. */
  async takeLogin(state: string): Promise<PendingLogin | undefined> {
    const pending = await this.login(state);
    if (pending) await this.#records.delete('Login', state);
    return pending;
  }

  async finish(uid: string): Promise<void> {
    await this.#records.set('Finished', uid, {}, SIGN_IN_MS);
    await this.#records.delete('SignedIn', uid);
  }

  async isFinished(uid: string): Promise<boolean> {
    return (await this.#records.get('Finished', uid)) !== undefined;
  }
}

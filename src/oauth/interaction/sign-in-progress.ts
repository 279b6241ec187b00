import type { PendingLogin } from '../company-login/company-login.ts';
import type { Owner } from '../pages/consent-page.ts';
import type { SealedRecords } from '../store/sealed-records.ts';
import { SIGN_IN_MS } from '../store/sign-in-store.ts';
import type { Identity } from '../tokens/access-token.ts';

/** The person who has signed in and has not decided yet. */
export interface PendingConsent {
  identity: Identity;
  owner: Owner;
}

/**
 * How far each sign-in has come between two requests of its browser. Encrypted in the store, so that a key is sent to this
 * server once and never back to a browser.
 */
export class SignInProgress {
  readonly #records: SealedRecords;

  constructor(records: SealedRecords) {
    this.#records = records;
  }

  pendingConsent(uid: string): Promise<PendingConsent | undefined> {
    return this.#records.get<PendingConsent>('PendingConsent', uid);
  }

  async keepPendingConsent(uid: string, pendingConsent: PendingConsent): Promise<void> {
    await this.#records.set('PendingConsent', uid, pendingConsent, SIGN_IN_MS);
  }

  /** Keeps a visit to the company's login, unless there is one already: a sign-in has one at a time. Returns the one that counts. */
  async keepLogin(uid: string, pending: PendingLogin): Promise<PendingLogin> {
    if (await this.#records.add('Login', uid, pending, SIGN_IN_MS)) return pending;
    return (await this.#login(uid)) ?? pending;
  }

  /** Returns what a response of the company's login needs: it is good for one response. */
  async takeLogin(uid: string, state: unknown): Promise<PendingLogin | undefined> {
    const pending = await this.#login(uid);
    if (pending?.state !== state) return undefined;
    await this.#records.delete('Login', uid);
    return pending;
  }

  #login(uid: string): Promise<PendingLogin | undefined> {
    return this.#records.get<PendingLogin>('Login', uid);
  }

  async finish(uid: string): Promise<void> {
    await this.#records.set('Finished', uid, {}, SIGN_IN_MS);
    await this.#records.delete('PendingConsent', uid);
  }

  async isFinished(uid: string): Promise<boolean> {
    return (await this.#records.get('Finished', uid)) !== undefined;
  }
}

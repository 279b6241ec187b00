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
    await this.#records.delete('PendingConsent', uid);
  }

  async isFinished(uid: string): Promise<boolean> {
    return (await this.#records.get('Finished', uid)) !== undefined;
  }
}

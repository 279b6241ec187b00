import type { AdapterPayload } from 'oidc-provider';
import type { Records } from '../../storage/records/records.ts';
import type { Identity } from '../tokens/access-token.ts';
import { keysFor } from '../tokens/secrets.ts';
import { SealedRecords } from './sealed-records.ts';

/** Where sign-in keeps its records. Apart, so that a flood of one kind does not push out another. */
export interface SignInRecords {
  /** Registrations that nobody has signed in with. */
  clients: Records;
  /** Clients that have had tokens: their registrations, or what they published. */
  usedClients: Records;
  /** What lives for minutes: authorization requests, codes. */
  requests: Records;
  /** The assertions that clients have presented: anybody can register a client and send some. */
  assertions: Records;
  /** What lives for weeks: grants, refresh tokens, keys. */
  grants: Records;
}

const DAY_MS = 86_400_000;
/** How long a person may take to sign in. */
export const SIGN_IN_MS = 15 * 60_000;
/** How long a registration lives before its client gets tokens, and after it got the last. */
export const UNUSED_CLIENT_MS = DAY_MS;
export const USED_CLIENT_MS = 90 * DAY_MS;
/** A client must exchange its code within this time. */
export const UNUSED_GRANT_MS = 10 * 60_000;
/** How long a connection lives without a refresh. */
export const IDLE_MS = 30 * DAY_MS;
/** How long it lives at most. */
export const LONGEST_MS = 90 * DAY_MS;
/** Of a sign-in with the company's login. Nobody asks the company at a refresh, so a person who has left it stays for that long. */
export const LONGEST_COMPANY_SESSION_MS = DAY_MS / 2;

/** The encrypted records of sign-in. */
export class SignInStore {
  readonly clients: SealedRecords;
  readonly usedClients: SealedRecords;
  readonly requests: SealedRecords;
  readonly assertions: SealedRecords;
  readonly grants: SealedRecords;

  constructor(records: SignInRecords, secrets: readonly string[]) {
    const keys = keysFor('records', secrets);
    this.clients = new SealedRecords(records.clients, keys);
    this.usedClients = new SealedRecords(records.usedClients, keys);
    this.requests = new SealedRecords(records.requests, keys);
    this.assertions = new SealedRecords(records.assertions, keys);
    this.grants = new SealedRecords(records.grants, keys);
  }

  /** Keeps who signed in, until the client exchanges its code. */
  async addIdentity(grantId: string, identity: Identity): Promise<void> {
    await this.grants.set('Identity', grantId, identity, UNUSED_GRANT_MS);
  }

  identityOf(grantId: string): Promise<Identity | undefined> {
    return this.grants.get<Identity>('Identity', grantId);
  }

  /** Returns the grant of a connection that has not ended. */
  async grantOf(grantId: string): Promise<AdapterPayload | undefined> {
    const [grant, end] = await Promise.all([
      this.grants.get<AdapterPayload>('Grant', grantId),
      this.grants.get('Grant end', grantId),
    ]);
    return end ? undefined : grant;
  }

  /** Keeps a connection for as long as its new refresh token lives. */
  async keepGrant(grantId: string, identity: Identity, ttlMs: number): Promise<void> {
    const grant = await this.grantOf(grantId);
    if (!grant) return;
    await Promise.all([
      this.grants.set('Grant', grantId, grant, ttlMs),
      this.grants.set('Identity', grantId, identity, ttlMs),
    ]);
  }

  /** Ends a connection: its refresh tokens and codes need the grant. Another request may be about to keep the connection. */
  async endGrant(grantId: string): Promise<void> {
    await this.grants.set('Grant end', grantId, {}, IDLE_MS);
    await Promise.all([this.grants.delete('Identity', grantId), this.grants.delete('Grant', grantId)]);
  }
}

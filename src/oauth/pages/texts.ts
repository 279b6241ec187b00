import type { Html } from '../../core/pages/html.ts';
import type { Toolset } from '../../tools/index.ts';
import type { Refused } from '../company-login/refusals.ts';

export interface Label {
  name: string;
  about: string;
}

/** Every text of the pages in one language. `app` is the client's name, as markup. */
export interface Texts {
  language: string;
  /** Prefix of the title of a page with an error, which screen readers read first. */
  error: string;
  step: (number: number) => string;

  unnamedApp: string;
  notVerified: string;
  nameNotVerified: string;
  appOnThisComputer: string;
  appOnThisDevice: (scheme: string) => string;
  from: (publisher: Html) => Html;
  namesAreFree: (publisher: string) => string;
  anyoneCanUseTheName: (app: Html) => Html;
  returnsTo: (website: Html) => Html;

  connectTitle: (app: string) => string;
  connect: (app: Html) => Html;
  asks: (app: Html) => Html;
  toRead: (toolsets: readonly Toolset[]) => string;
  toChange: (toolsets: readonly Toolset[]) => string;
  keyLabel: string;
  keyHint: (app: Html, link: (text: string) => Html) => Html;
  signIn: string;
  continueWith: (login: Html) => Html;
  cancel: string;

  allowTitle: (app: string) => string;
  allow: (app: Html) => Html;
  owner: string;
  useAnotherKey: string;
  useAnotherAccount: string;
  roles: Readonly<Record<string, string>>;
  locations: (count: number) => string;
  permission: string;
  readAndWrite: Label;
  readOnly: Label;
  onlyReads: (app: Html) => Html;
  onlyReadsByGroup: Html;
  scope: string;
  toolsets: Readonly<Record<Toolset, Label>>;
  allowButton: string;
  /** For a sign-in with the company's login. */
  untilWhen: (app: Html) => Html;
  untilWhenByKey: (app: Html) => Html;

  errors: Readonly<Record<SignInError, string>>;
  throttled: (seconds: number) => string;
  refusal: (refused: Refused) => string;
  notices: Readonly<Record<Notice, { title: string; message: string }>>;
  returning: (app: Html) => Html;
  returnTo: (app: Html) => Html;
  server: (host: Html) => Html;
}

/** What a person can mend on the page. */
type SignInError =
  | 'missing_key'
  | 'invalid_key'
  | 'token_instead_of_key'
  | 'forbidden_key'
  | 'partoo_unavailable'
  | 'identity_expired'
  | 'no_toolset'
  | 'busy';

/** How a sign-in ended, or why it cannot go on. */
export type Notice =
  | 'allowed'
  | 'denied'
  | 'finished'
  | 'expired'
  | 'busy'
  | 'unavailable'
  | 'unknown_app'
  | 'refused_request'
  | 'failed';

import type { Html } from '../../../core/pages/html.ts';
import type { Language } from '../../../core/pages/languages.ts';
import type { Effect } from '../../../tools/definition/define-tool.ts';
import type { Toolset } from '../../../tools/index.ts';
import type { Credentials, HeaderCredentials } from '../../deployment/credentials.ts';
import type { ConnectModel } from '../model/model.ts';

/** How people sign in: by a Partoo key, or by the company's login. */
export type SignIn = NonNullable<Credentials['signIn']>;

/** Every text that the server writes into the page, in one language. */
export interface Texts {
  language: Language;
  title: string;
  intro: (partoo: Html) => Html;
  skip: string;
  address: string;
  copy: string;
  /** For screen readers: what a button copies. */
  copyOf: (what: string) => string;
  sections: { connect: string; check: string; tools: string; ask: string; demo: string };
  running: string;
  environments: Readonly<Record<ConnectModel['environment'], string>>;
  limitsIn: Readonly<Record<ConnectModel['limitsIn'], string>>;

  /** The credentials that a person needs, by what `credentialsOf` returns. */
  needs: {
    signIn: (by: SignIn) => string;
    programs: Readonly<Record<HeaderCredentials['holds'], string>>;
    key: (link: (text: string) => Html) => Html;
    /** Where the key is, for people who sign in with it. */
    keyToSignIn: (link: (text: string) => Html) => Html;
    token: Readonly<Record<Exclude<HeaderCredentials['holds'], 'key'>, string>>;
    nothing: string;
    demo: (key: Html) => Html;
  };
  needsHttps: string;

  filters: {
    legend: string;
    readonly: string;
    readonlyAbout: string;
    operatorReadOnly: string;
    toolsets: string;
    default: string;
    all: string;
    everything: string;
    without: Html;
  };

  clients: ClientTexts;

  check: {
    about: Readonly<Record<HeaderCredentials['holds'], string>>;
    label: Readonly<Record<HeaderCredentials['holds'], string>>;
    button: string;
  };

  tools: {
    about: (cost: Html) => Html;
    columns: { tool: string; access: string; tokens: string };
    effects: Readonly<Record<Effect, string>>;
    optional: string;
    listed: string;
    notListed: string;
    total: (count: number, tokens: number) => string;
    asJson: string;
    toolsets: Readonly<Record<Toolset, string>>;
    summaries: Readonly<Record<string, string>>;
  };

  ask: { about: string; copyPrompt: string };

  demo: {
    keys: string;
    keysAbout: Readonly<Record<string, string>>;
    playground: string;
    playgroundAbout: string;
    tool: string;
    asKey: string;
    arguments: string;
    send: string;
    answer: string;
    needsScript: string;
  };
  footer: (version: string) => string;
}

/** How to connect each client. `wait`: what a client that signs in does then. */
export interface ClientTexts {
  names: Readonly<Record<ClientName, string>>;
  /** The captions of code. */
  files: Readonly<Record<FileName, string>>;
  install: { cursor: string; cursorWeb: string; vsCode: string; vsCodeWeb: string; opens: string };
  replace: Readonly<Record<HeaderCredentials['holds'], (secret: Html) => Html>>;
  claude: {
    open: string;
    paste: (signIn: boolean) => string;
    signIn: (by: SignIn) => string;
    header: Readonly<Record<'key' | 'token', Html>>;
    plans: (setting: Html) => Html;
    unreachable: string;
  };
  chatGpt: {
    developer: string;
    create: string;
    signIn: (by: SignIn) => string;
    cannot: (setting: Html) => Html;
    unreachable: string;
    api: string;
  };
  claudeCode: { run: string; signIn: Html; check: Html };
  cursor: { or: string; signIn: string; fromEnvironment: (variable: Html) => Html };
  vsCode: { or: string; signIn: string; asks: string };
  claudeDesktop: { needs: string; open: Html; restart: string; signIn: string };
  inspector: { cli: string; web: Html };
  sdks: {
    typescript: Html;
    python: Html;
    environment: (variable: Html) => Html;
    signInOnly: (setting: Html) => Html;
  };
  curl: { run: string; signInOnly: (setting: Html) => Html };
}

export type ClientName =
  | 'claude'
  | 'chatgpt'
  | 'claude-code'
  | 'cursor'
  | 'vs-code'
  | 'claude-desktop'
  | 'inspector'
  | 'sdks'
  | 'curl';

export type FileName =
  | 'url'
  | 'command'
  | 'cursor'
  | 'vsCode'
  | 'claudeDesktop'
  | 'typescript'
  | 'python'
  | 'responsesApi';

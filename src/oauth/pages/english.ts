import { html } from '../../core/pages/html.ts';
import type { RefusalReason } from '../company-login/refusals.ts';
import type { Texts } from './texts.ts';

const list = new Intl.ListFormat('en-GB');
const NOUNS = {
  businesses: 'business listings',
  reviews: 'reviews',
  messages: 'messages',
  posts: 'posts',
  analytics: 'analytics',
  account: 'account',
};

const ASK_THE_OPERATOR = "If that does not help, tell this server's operator.";

/** They do not say whom the operator admits. */
const REFUSALS: Record<RefusalReason, string> = {
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

export const ENGLISH: Texts = {
  language: 'en',
  error: 'Error',
  step: number => `Step ${number} of 2`,

  unnamedApp: 'An app',
  notVerified: 'Not verified',
  nameNotVerified: 'Name not verified',
  appOnThisComputer: 'An app on this computer',
  appOnThisDevice: scheme => `An app that opens ${scheme} links`,
  from: publisher => html`From ${publisher}`,
  namesAreFree: publisher => `Apps choose their own names. Continue only if you trust ${publisher}.`,
  anyoneCanUseTheName: app =>
    html`Any app can call itself ${app}. Continue only if you have just started this connection there.`,
  returnsTo: website => html`Returns to ${website}`,

  connectTitle: app => `Connect ${app} to Partoo`,
  connect: app => html`Connect ${app} to Partoo`,
  asks: app => html`${app} asks to:`,
  toRead: toolsets => `Read your ${list.format(toolsets.map(name => NOUNS[name]))} on Partoo`,
  toChange: toolsets => `Change your ${list.format(toolsets.map(name => NOUNS[name]))}`,
  keyLabel: 'Partoo API key',
  keyHint: (app, link) =>
    html`Find your key in Partoo under ${link('Settings → Integrations → API keys')}. It is checked with Partoo, and ${app} never sees it.`,
  signIn: 'Sign in',
  continueWith: login => html`Continue with ${login}`,
  cancel: 'Cancel',

  allowTitle: app => `Allow ${app} to use Partoo?`,
  allow: app => html`Allow ${app} to use Partoo?`,
  owner: 'Signed in as',
  useAnotherKey: 'Use another key',
  useAnotherAccount: 'Use another account',
  roles: {
    PROVIDER: 'provider',
    ORG_ADMIN: 'administrator',
    ORG_MANAGER: 'organization manager',
    GROUP_MANAGER: 'group manager',
    BUSINESS_MANAGER: 'business manager',
    PUBLISHER: 'publisher',
  },
  locations: count => `${count.toLocaleString('en')}\u00a0${count === 1 ? 'location' : 'locations'}`,
  permission: 'Permission',
  readAndWrite: { name: 'Read and write', about: 'Look things up, and change or delete what customers see' },
  readOnly: { name: 'Read only', about: 'Look things up and change nothing' },
  onlyReads: app => html`${app} can look things up. It cannot change anything.`,
  onlyReadsByGroup: html`Your account may read only, so nothing can be changed.`,
  scope: 'Access to',
  toolsets: {
    businesses: { name: 'Business listings', about: 'Names, addresses and opening hours' },
    reviews: { name: 'Reviews', about: 'Customer reviews and your replies' },
    messages: { name: 'Messages', about: 'Conversations with customers' },
    posts: { name: 'Posts', about: 'Posts on your business profiles' },
    analytics: { name: 'Analytics', about: 'Views, clicks, calls and search keywords' },
    account: { name: 'Account', about: 'Whose key this is, its role and permissions' },
  },
  allowButton: 'Allow',
  untilWhen: app => html`Access lasts for up to 12 hours. To end it sooner, disconnect Partoo in ${app}.`,
  untilWhenByKey: app =>
    html`Access lasts for up to 90 days. To end it sooner, disconnect Partoo in ${app} or revoke the key in Partoo.`,

  errors: {
    missing_key: 'Enter your Partoo API key.',
    token_instead_of_key:
      'This is a token for a server like this one, not a Partoo API key. Enter the key that you find in Partoo.',
    invalid_key: 'Partoo does not accept this key. Copy the whole key again, or create a new one.',
    forbidden_key:
      'Partoo does not let this key in from here. Check its permissions and its allowed IP addresses in Partoo.',
    partoo_unavailable:
      'Partoo does not respond, so the key could not be checked. Wait a moment and try again.',
    identity_expired: 'Too much time has passed. Sign in again.',
    no_toolset: 'Choose at least one.',
    busy: 'Many people are signing in. Wait a few seconds and try again.',
  },
  throttled: seconds =>
    `Too many keys that Partoo does not accept came from your network. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
  refusal: ({ reason, email }) => `${email === undefined ? '' : `${email}: `}${REFUSALS[reason]}`,
  notices: {
    allowed: { title: 'You are signed in', message: 'You can close this page once the app is connected.' },
    denied: { title: 'Nothing was connected', message: 'You cancelled the sign-in.' },
    finished: {
      title: 'This sign-in is finished',
      message: 'You can close this page and go back to the app. To connect again, start there.',
    },
    expired: {
      title: 'This sign-in cannot go on',
      message:
        'It has expired, or was started in another browser. Go back to the app and connect again, with cookies allowed.',
    },
    busy: {
      title: 'Many people are signing in',
      message: 'Wait a few seconds, then reload this page.',
    },
    unavailable: {
      title: 'Sign-in is unavailable',
      message: 'Nothing is lost. Wait a minute, then reload this page.',
    },
    unknown_app: {
      title: 'This app is not known here',
      message:
        'It has not introduced itself, or so long ago that this server forgot it. Remove the connection in the app and add it again.',
    },
    refused_request: {
      title: 'The app asked for something else',
      message:
        'This server does not offer it, so there is nothing to sign in to. Tell the people who make the app:',
    },
    failed: {
      title: 'Something went wrong',
      message:
        'It has been written down for the people who run this server. Go back to the app and connect again.',
    },
  },
  returning: app => html`Returning to ${app}…`,
  returnTo: app => html`Return to ${app}`,
  server: host => html`This page belongs to ${host}, a server that connects AI assistants to Partoo.`,
};

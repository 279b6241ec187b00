import { html } from '../../../core/pages/html.ts';
import { ENGLISH_CLIENTS } from './english-clients.ts';
import type { Texts } from './texts.ts';

const number = (value: number) => value.toLocaleString('en');

export const ENGLISH: Texts = {
  language: 'en',
  title: 'Partoo MCP server',
  intro: partoo =>
    html`Ask your AI assistant to run your local presence on ${partoo}: business listings, reviews, messages, posts and Google profile analytics.`,
  skip: 'Skip to the content',
  address: 'MCP address',
  copy: 'Copy',
  copyOf: what => `Copy: ${what}`,
  sections: {
    connect: 'Connect your assistant',
    check: 'Check your key',
    tools: 'Tools',
    ask: 'What to ask',
    demo: 'Try it here',
  },
  running: 'Running',
  environments: {
    production: 'Partoo production',
    sandbox: 'Partoo sandbox',
    demo: 'Demo with sample data',
    custom: 'Partoo at an address of the operator’s',
  },
  limitsIn: { Redis: 'Limits shared in Redis', process: 'Limits in this process' },

  needs: {
    signIn: by =>
      `Apps need only the address: they open a page on which you sign in ${by === 'key' ? 'with your Partoo key' : 'with your company’s login'} and choose what the assistant may do.`,
    programs: {
      key: 'Programs can send the key in a header instead.',
      'team-token': 'Programs send a team token, which this server’s operator makes.',
      'access-token': 'Programs send the access token.',
    },
    key: link =>
      html`You need your Partoo API key: in Partoo under ${link('Settings → Integrations → API keys')}. It goes to Partoo with each call and is stored nowhere here.`,
    keyToSignIn: link => html`The key is in Partoo under ${link('Settings → Integrations → API keys')}.`,
    token: {
      'access-token': 'You need the access token of this server: its operator has it.',
      'team-token': 'You need a token of your own: this server’s operator makes it for you.',
    },
    nothing: 'Programs on this machine need no credentials.',
    demo: key => html`This is the demo: every snippet works as it is, with the key ${key}.`,
  },
  needsHttps: 'Apps on the web need an address with https that is reachable from the internet.',

  filters: {
    legend: 'What the assistant gets',
    readonly: 'Read only',
    readonlyAbout: 'No tool that writes',
    operatorReadOnly: 'This server only reads: its operator switched writing off.',
    toolsets: 'Tools',
    default: 'Default list',
    all: 'All',
    everything: 'Everything offered here',
    without: html`Add <code>?readonly=true</code> to the address for tools that only read, and <code>?toolsets=reviews,messages</code> for some of the toolsets.`,
  },

  clients: ENGLISH_CLIENTS,

  check: {
    about: {
      key: 'Paste a key to see whether Partoo accepts it, whose it is and what it may do. This page sends it to this server once and keeps it nowhere.',
      'access-token':
        'Paste the access token to see whether this server accepts it, and what it gives access to. This page keeps it nowhere.',
      'team-token':
        'Paste your token to see whether this server accepts it, and what it gives access to. This page keeps it nowhere.',
    },
    label: { key: 'Partoo API key', 'access-token': 'Access token', 'team-token': 'Team token' },
    button: 'Check',
  },

  tools: {
    about: cost =>
      html`Each tool in the list costs the model tokens in every conversation (counted with o200k). ${cost}`,
    columns: { tool: 'Tool', access: 'Access', tokens: 'Tokens' },
    effects: { reads: 'Reads', adds: 'Writes', replaces: 'Writes', deletes: 'Deletes' },
    optional: 'optional',
    listed: 'In your list',
    notListed: 'Not in your list',
    total: (count, tokens) =>
      `${number(count)} ${count === 1 ? 'tool' : 'tools'} in your list, ${number(tokens)} tokens`,
    asJson: 'The list as JSON',
    toolsets: {
      businesses: 'Businesses',
      reviews: 'Reviews',
      messages: 'Messages',
      posts: 'Posts',
      analytics: 'Analytics',
      account: 'Account',
    },
    summaries: {
      search_businesses: 'Find locations',
      get_business: 'Everything about one location',
      update_business: 'Change a listing: name, hours, contacts, descriptions',
      set_special_hours: 'Close or open many locations on given days',
      check_business_update: 'Check a change against the rules of Google and Facebook',
      get_publisher_states: 'Which listings are connected, and what is wrong',
      get_completion_stats: 'How complete the listings are',
      list_groups: 'Groups of locations',
      search_categories: 'Find Google categories',
      search_reviews: 'Find and count reviews',
      reply_to_review: 'Publish a reply to a review',
      get_review_metrics: 'Ratings, counts and reply times by shop and period',
      create_review_reply_template: 'Save a reply template',
      update_review: 'Mark a review as treated or not',
      update_review_reply: 'Change a published reply',
      delete_review_reply: 'Delete a published reply',
      list_review_reply_templates: 'Saved reply templates',
      delete_review_reply_template: 'Delete a reply template',
      suggest_review_reply: 'Partoo’s own suggestion for a reply',
      list_conversations: 'Conversations with customers',
      list_messages: 'Messages of a conversation',
      send_message: 'Send a customer a message',
      get_conversation: 'State of a conversation',
      update_conversation: 'Close, reopen or hand over a conversation',
      mark_conversation_read: 'Mark a conversation as read',
      list_message_templates: 'Saved texts for messages',
      create_post: 'Publish, schedule or draft a post',
      search_posts: 'Find posts, their state, views and clicks',
      update_post: 'Change a post',
      delete_post: 'Delete a post',
      get_profile_metrics: 'Views, calls, clicks and directions of Google profiles',
      get_profile_keywords: 'What people searched before they saw a profile',
      get_account: 'Whose key it is, and what it may do',
    },
  },

  ask: {
    about: 'Copy one into your assistant. It shows you what it would write or change before it does.',
    copyPrompt: 'this question',
  },

  demo: {
    keys: 'Keys of the demo',
    keysAbout: {
      'demo-admin': 'Sees and edits every location of Maison Solène',
      'demo-colleague': 'Another administrator of Maison Solène',
      'demo-manager': 'Sees and edits the five shops in Lyon only',
      'demo-other': 'Administrator of another organization, Pâtisserie Lumen',
      'demo-reader': 'A restricted key of an administrator: may only read',
      'demo-revoked': 'A revoked key: every call is refused',
    },
    playground: 'Playground',
    playgroundAbout:
      'Call a tool and read the answer as a model gets it. Writes change only the sample data.',
    tool: 'Tool',
    asKey: 'Key',
    arguments: 'Arguments (JSON)',
    send: 'Send',
    answer: 'Answer',
    needsScript: 'The playground needs JavaScript.',
  },
  footer: version =>
    `partoo-mcp ${version}. An independent project, not a product of Partoo. Everything on this page comes from this server; it sets no cookies.`,
};

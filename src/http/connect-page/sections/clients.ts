import { isLoopback } from '../../../core/loopback.ts';
import { type Html, html } from '../../../core/pages/html.ts';
import { ARROW } from '../../../core/pages/icons.ts';
import { variableOf } from '../../deployment/credentials.ts';
import type { ConnectModel } from '../model/model.ts';
import type { SnippetName } from '../snippets/index.ts';
import type { ClientName, FileName, Texts } from '../texts/texts.ts';
import { codeBlock, secretIn, snippetOf } from './code.ts';

/** How to connect each client to this deployment, or why it cannot. The script turns the sections into tabs. */
export function clients(model: ConnectModel, texts: Texts): Html {
  const parts = Object.entries(SECTIONS) as [ClientName, Section][];
  return html`<div class="clients" data-tabs>
${parts.map(
  ([name, section]) =>
    html`<section class="client" id="${name}" aria-labelledby="${name}-title"><h3 id="${name}-title">${texts.clients.names[name]}</h3>
${section(contextOf(model, texts))}</section>
`,
)}</div>`;
}

interface Context {
  model: ConnectModel;
  texts: Texts;
  signIn: ConnectModel['credentials']['signIn'];
  header: ConnectModel['credentials']['header'];
  code(name: SnippetName, file: FileName): Html;
  /** Tells the reader to replace the secret; undefined where nothing has to be replaced. */
  replace: Html | undefined;
  /** The variable that holds the secret. */
  variable: Html | undefined;
}

type Section = (context: Context) => Html;

function contextOf(model: ConnectModel, texts: Texts): Context {
  const { signIn, header } = model.credentials;
  const secret = secretIn(model);
  return {
    model,
    texts,
    signIn,
    header,
    code: (name, file) => codeBlock(name, texts.clients.files[file], model, texts),
    replace:
      header && secret !== undefined
        ? texts.clients.replace[header.holds](html`<code class="secret">${secret}</code>`)
        : undefined,
    variable: header && html`<code>${variableOf(header)}</code>`,
  };
}

const paragraph = (text: string | Html) => html`<p>${text}</p>`;
const note = (text: string | Html) => html`<p class="note">${text}</p>`;
const caution = (text: string | Html) => html`<p class="caution">${text}</p>`;
const steps = (...items: (string | Html)[]) => html`<ol>${items.map(item => html`<li>${item}</li>`)}</ol>`;

const SECTIONS: Record<ClientName, Section> = {
  claude({ model, texts, signIn, header, code }) {
    const { claude } = texts.clients;
    if (!isReachable(model)) return caution(claude.unreachable);
    const address = html`${claude.paste(signIn !== undefined)}${code('url', 'url')}`;
    if (signIn) return html`${steps(claude.open, address, claude.signIn(signIn))}${httpsNote(model, texts)}`;
    if (!header) return caution(claude.unreachable);
    const sends = claude.header[header.holds === 'key' ? 'key' : 'token'];
    return html`${steps(claude.open, address, sends)}${note(claude.plans(signInSetting(model)))}${httpsNote(model, texts)}`;
  },

  chatgpt({ model, texts, signIn, header, code }) {
    const { chatGpt } = texts.clients;
    if (!isReachable(model)) return caution(chatGpt.unreachable);
    if (signIn) {
      return html`${steps(chatGpt.developer, html`${chatGpt.create}${code('url', 'url')}`, chatGpt.signIn(signIn))}${httpsNote(model, texts)}`;
    }
    return html`${caution(chatGpt.cannot(signInSetting(model)))}${header && html`${paragraph(chatGpt.api)}${code('responsesApi', 'responsesApi')}`}`;
  },

  'claude-code'({ texts, signIn, code, replace }) {
    const { claudeCode } = texts.clients;
    return html`${paragraph(claudeCode.run)}${code('claudeCode', 'command')}${signIn ? paragraph(claudeCode.signIn) : replace && paragraph(replace)}${note(claudeCode.check)}`;
  },

  cursor({ model, texts, signIn, code, replace, variable }) {
    const { cursor, install } = texts.clients;
    const asks = !signIn && replace !== undefined;
    return html`${links(model, ['cursorLink', install.cursor], ['cursorWebLink', install.cursorWeb])}
${signIn && paragraph(cursor.signIn)}${asks && variable && note(cursor.fromEnvironment(variable))}
${paragraph(cursor.or)}${code('cursor', 'cursor')}${asks && replace && paragraph(replace)}`;
  },

  'vs-code'({ model, texts, signIn, code, replace }) {
    const { vsCode, install } = texts.clients;
    return html`${links(model, ['vsCodeLink', install.vsCode], ['vsCodeWebLink', install.vsCodeWeb])}
${signIn ? paragraph(vsCode.signIn) : replace && note(vsCode.asks)}
${paragraph(vsCode.or)}${code('vsCode', 'vsCode')}`;
  },

  'claude-desktop'({ texts, signIn, code, replace }) {
    const { claudeDesktop } = texts.clients;
    return html`${paragraph(claudeDesktop.needs)}${paragraph(claudeDesktop.open)}${code('mcpRemote', 'claudeDesktop')}${!signIn && replace && paragraph(replace)}${paragraph(claudeDesktop.restart)}${signIn && note(claudeDesktop.signIn)}`;
  },

  inspector({ model, texts, signIn, header, code, replace }) {
    const { inspector } = texts.clients;
    if (signIn && !header) return html`${paragraph(inspector.web)}${code('url', 'url')}`;
    return html`${paragraph(inspector.cli)}${code('inspector', 'command')}${replace && paragraph(replace)}${model.credentials.signIn && note(inspector.web)}`;
  },

  sdks({ texts, signIn, header, code, variable }) {
    const { sdks } = texts.clients;
    if (signIn && !header) return caution(sdks.signInOnly(TEAM_TOKENS));
    return html`${variable && paragraph(sdks.environment(variable))}${paragraph(sdks.typescript)}${code('typescript', 'typescript')}${paragraph(sdks.python)}${code('python', 'python')}`;
  },

  curl({ texts, signIn, header, code, replace }) {
    const { curl } = texts.clients;
    if (signIn && !header) return caution(curl.signInOnly(TEAM_TOKENS));
    return html`${paragraph(curl.run)}${code('curl', 'command')}${replace && paragraph(replace)}`;
  },
};

const TEAM_TOKENS = html`<code>TEAM_TOKENS_FILE</code>`;

/** The setting that would turn sign-in on: with people's own keys, or in front of the server's. */
const signInSetting = ({ credentials: { header } }: ConnectModel) =>
  html`<code>SIGN_IN=${header?.holds === 'key' ? 'key' : 'oidc'}</code>`;

/** Whether others than this machine can reach the URL. */
const isReachable = ({ url }: ConnectModel) => !isLoopback(new URL(url).hostname);

/** The script removes it where the browser came by https. */
const httpsNote = ({ url }: ConnectModel, texts: Texts) =>
  url.startsWith('http:') ? html`<p class="note" data-needs-https>${texts.needsHttps}</p>` : html``;

function links(
  model: ConnectModel,
  [first, label]: [SnippetName, string],
  [second, more]: [SnippetName, string],
): Html {
  return html`<p class="install"><a class="button primary" data-link="${first}" href="${snippetOf(first, model)}">${label}</a>
<a data-link="${second}" href="${snippetOf(second, model)}" target="_blank" rel="noopener noreferrer">${more}${ARROW}</a></p>`;
}

import { html } from '../../../core/pages/html.ts';
import type { ClientTexts, SignIn } from './texts.ts';

const signsIn = (by: SignIn) =>
  by === 'key' ? 'sign in with your Partoo key' : 'sign in with your company’s login';

export const ENGLISH_CLIENTS: ClientTexts = {
  names: {
    claude: 'Claude',
    chatgpt: 'ChatGPT',
    'claude-code': 'Claude Code',
    cursor: 'Cursor',
    'vs-code': 'VS Code',
    'claude-desktop': 'Claude Desktop',
    inspector: 'Inspector',
    sdks: 'SDKs',
    curl: 'curl',
  },
  files: {
    url: 'MCP address',
    command: 'Command',
    cursor: '~/.cursor/mcp.json',
    vsCode: '.vscode/mcp.json',
    claudeDesktop: 'claude_desktop_config.json',
    typescript: 'TypeScript',
    python: 'Python',
    responsesApi: 'Entry of tools, OpenAI Responses API',
  },
  install: {
    cursor: 'Add to Cursor',
    cursorWeb: 'Add by way of cursor.com',
    vsCode: 'Add to VS Code',
    vsCodeWeb: 'Add by way of vscode.dev',
    opens: 'The link holds no secret.',
  },
  replace: {
    key: secret => html`Put your Partoo API key in the place of ${secret}.`,
    'access-token': secret => html`Put the access token in the place of ${secret}.`,
    'team-token': secret => html`Put your token in the place of ${secret}.`,
  },
  claude: {
    open: 'On the web, in the desktop app or on a phone: Customize → Connectors → + → Add custom connector. On Team and Enterprise an owner adds it first.',
    paste: signIn =>
      signIn ? 'Paste this address, and leave everything under Advanced empty:' : 'Paste this address:',
    signIn: by => `Claude opens a page of this server: ${signsIn(by)} and choose what Claude may do.`,
    header: {
      key: html`Add a request header, on plans that offer them (Pro, Max, Team): the name <code>x-api-key</code>, and your Partoo API key as its value. Claude cannot send <code>x-APIKey</code>.`,
      token: html`Add a request header, on plans that offer them (Pro, Max, Team): the name <code>authorization</code>, and <code>Bearer</code> with your token as its value.`,
    },
    plans: setting =>
      html`On other plans Claude sends no headers. This server’s operator can turn on sign-in with ${setting}; then the address is enough.`,
    unreachable:
      'Claude connects from its own cloud, so it cannot reach this address. Use Claude Code, or Claude Desktop with its local bridge.',
  },
  chatGpt: {
    developer: 'In ChatGPT on the web, turn on developer mode: Settings → Apps → Advanced settings.',
    create:
      'Create an app with this address, and OAuth as its authentication, without a client id or secret:',
    signIn: by => `ChatGPT opens a page of this server: ${signsIn(by)} and choose what ChatGPT may do.`,
    cannot: setting =>
      html`ChatGPT can send neither a key nor a token, so it cannot connect here. This server’s operator can turn on sign-in with ${setting}; then the address is enough.`,
    unreachable: 'ChatGPT connects from its own cloud, so it cannot reach this address.',
    api: 'Agents on the OpenAI Responses API can send a header. An entry of tools:',
  },
  claudeCode: {
    run: 'Run this in a terminal:',
    signIn: html`Then type <code>/mcp</code> in Claude Code, choose partoo and sign in.`,
    check: html`<code>claude mcp list</code> says whether it is connected.`,
  },
  cursor: {
    or: 'Or write it yourself:',
    signIn: 'Cursor opens a page of this server on which you sign in.',
    fromEnvironment: variable =>
      html`The link has Cursor read the secret from the environment variable ${variable}. Without it, edit the entry in mcp.json afterwards.`,
  },
  vsCode: {
    or: 'Or write it yourself:',
    signIn: 'VS Code opens a page of this server on which you sign in.',
    asks: 'VS Code asks for the secret once and stores it.',
  },
  claudeDesktop: {
    needs: 'A local bridge, mcp-remote, forwards to this server. It needs Node.js.',
    open: html`In Claude Desktop, Settings → Developer → Edit Config opens this file:`,
    restart: 'Restart Claude Desktop.',
    signIn:
      'The connector under “Claude” does without it. With the bridge, a browser window opens on which you sign in.',
  },
  inspector: {
    cli: 'The MCP Inspector on the command line lists the tools:',
    web: html`Run <code>npx @modelcontextprotocol/inspector</code>, choose <em>Streamable HTTP</em>, and paste this address. It opens the sign-in:`,
  },
  sdks: {
    typescript: html`<code>npm install @modelcontextprotocol/client</code>`,
    python: html`<code>pip install mcp</code>, version 2`,
    environment: variable => html`Both read the secret from the environment variable ${variable}.`,
    signInOnly: setting =>
      html`A program without a browser cannot sign in: this server’s operator can give it a team token with ${setting}. Programs with one give the transport an <code>authProvider</code>.`,
  },
  curl: {
    run: 'One call, without a handshake:',
    signInOnly: setting =>
      html`curl cannot sign in: this server’s operator can give you a team token with ${setting}.`,
  },
};

import { html } from '../../../core/pages/html.ts';
import type { ClientTexts, SignIn } from './texts.ts';

const signsIn = (by: SignIn) =>
  by === 'key' ? 'connectez-vous avec votre clé Partoo' : 'connectez-vous avec le compte de votre entreprise';

export const FRENCH_CLIENTS: ClientTexts = {
  names: {
    claude: 'Claude',
    chatgpt: 'ChatGPT',
    'claude-code': 'Claude Code',
    cursor: 'Cursor',
    'vs-code': 'VS Code',
    'claude-desktop': 'Claude Desktop',
    inspector: 'Inspector',
    sdks: 'SDK',
    curl: 'curl',
  },
  files: {
    url: 'Adresse MCP',
    command: 'Commande',
    cursor: '~/.cursor/mcp.json',
    vsCode: '.vscode/mcp.json',
    claudeDesktop: 'claude_desktop_config.json',
    typescript: 'TypeScript',
    python: 'Python',
    responsesApi: 'Élément de tools, OpenAI Responses API',
  },
  install: {
    cursor: 'Ajouter à Cursor',
    cursorWeb: 'Ajouter en passant par cursor.com',
    vsCode: 'Ajouter à VS Code',
    vsCodeWeb: 'Ajouter en passant par vscode.dev',
    opens: 'Le lien ne contient aucun secret.',
  },
  replace: {
    key: secret => html`Mettez votre clé API Partoo à la place de ${secret}.`,
    'access-token': secret => html`Mettez le jeton d’accès à la place de ${secret}.`,
    'team-token': secret => html`Mettez votre jeton à la place de ${secret}.`,
  },
  claude: {
    open: 'Sur le web, dans l’application de bureau ou sur téléphone\u00a0: Customize → Connectors → + → Add custom connector. Avec Team et Enterprise, un propriétaire l’ajoute d’abord.',
    paste: signIn =>
      signIn
        ? 'Collez cette adresse, et laissez vide tout ce qui est sous Advanced\u00a0:'
        : 'Collez cette adresse\u00a0:',
    signIn: by =>
      `Claude ouvre une page de ce serveur\u00a0: ${signsIn(by)} et choisissez ce que Claude peut faire.`,
    header: {
      key: html`Ajoutez un en-tête de requête, avec les offres qui le permettent (Pro, Max, Team)\u00a0: le nom <code>x-api-key</code>, et votre clé API Partoo comme valeur. Claude ne peut pas envoyer <code>x-APIKey</code>.`,
      token: html`Ajoutez un en-tête de requête, avec les offres qui le permettent (Pro, Max, Team)\u00a0: le nom <code>authorization</code>, et <code>Bearer</code> suivi de votre jeton comme valeur.`,
    },
    plans: setting =>
      html`Avec les autres offres, Claude n’envoie pas d’en-tête. Le responsable de ce serveur peut activer la connexion avec ${setting}\u00a0; l’adresse suffit alors.`,
    unreachable:
      'Claude se connecte depuis son propre cloud et ne peut donc pas joindre cette adresse. Utilisez Claude Code, ou Claude Desktop avec la passerelle locale.',
  },
  chatGpt: {
    developer:
      'Dans ChatGPT sur le web, activez le mode développeur\u00a0: Paramètres → Applications → Paramètres avancés.',
    create:
      'Créez une application avec cette adresse, et OAuth comme authentification, sans identifiant ni secret de client\u00a0:',
    signIn: by =>
      `ChatGPT ouvre une page de ce serveur\u00a0: ${signsIn(by)} et choisissez ce que ChatGPT peut faire.`,
    cannot: setting =>
      html`ChatGPT ne peut envoyer ni clé ni jeton, et ne peut donc pas se connecter ici. Le responsable de ce serveur peut activer la connexion avec ${setting}\u00a0; l’adresse suffit alors.`,
    unreachable: 'ChatGPT se connecte depuis son propre cloud et ne peut donc pas joindre cette adresse.',
    api: 'Les agents qui utilisent l’API Responses d’OpenAI peuvent envoyer un en-tête. Un élément de tools\u00a0:',
  },
  claudeCode: {
    run: 'Lancez ceci dans un terminal\u00a0:',
    signIn: html`Tapez ensuite <code>/mcp</code> dans Claude Code, choisissez partoo et connectez-vous.`,
    check: html`<code>claude mcp list</code> dit si la connexion est établie.`,
  },
  cursor: {
    or: 'Ou écrivez-le vous-même\u00a0:',
    signIn: 'Cursor ouvre une page de ce serveur où vous vous connectez.',
    fromEnvironment: variable =>
      html`Avec le lien, Cursor lit le secret dans la variable d’environnement ${variable}. Sinon, modifiez ensuite l’entrée dans mcp.json.`,
  },
  vsCode: {
    or: 'Ou écrivez-le vous-même\u00a0:',
    signIn: 'VS Code ouvre une page de ce serveur où vous vous connectez.',
    asks: 'VS Code demande le secret une fois et le conserve.',
  },
  claudeDesktop: {
    needs: 'Une passerelle locale, mcp-remote, transmet à ce serveur. Elle a besoin de Node.js.',
    open: html`Dans Claude Desktop, Settings → Developer → Edit Config ouvre ce fichier\u00a0:`,
    restart: 'Redémarrez Claude Desktop.',
    signIn:
      'Le connecteur sous «\u00a0Claude\u00a0» s’en passe. Avec la passerelle, une fenêtre de navigateur s’ouvre où vous vous connectez.',
  },
  inspector: {
    cli: 'MCP Inspector, en ligne de commande, donne la liste des outils\u00a0:',
    web: html`Lancez <code>npx @modelcontextprotocol/inspector</code>, choisissez <em>Streamable HTTP</em> et collez cette adresse. La page de connexion s’ouvre\u00a0:`,
  },
  sdks: {
    typescript: html`<code>npm install @modelcontextprotocol/client</code>`,
    python: html`<code>pip install mcp</code>, version 2`,
    environment: variable => html`Les deux lisent le secret dans la variable d’environnement ${variable}.`,
    signInOnly: setting =>
      html`Un programme sans navigateur ne peut pas se connecter\u00a0: le responsable de ce serveur peut lui donner un jeton d’équipe avec ${setting}. Les programmes qui en ont un donnent un <code>authProvider</code> au transport.`,
  },
  curl: {
    run: 'Un appel, sans négociation préalable\u00a0:',
    signInOnly: setting =>
      html`curl ne peut pas se connecter\u00a0: le responsable de ce serveur peut vous donner un jeton d’équipe avec ${setting}.`,
  },
};

import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../../config/config.ts';
import { hostGuard } from '../guards/hosts.ts';

export interface FrontPageOptions {
  config: Config;
  toolNames: string[];
}

const STYLE = `
  body { font: 16px/1.55 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem; color: #1c2333; }
  pre { background: #f3f5fa; padding: 1rem; overflow-x: auto; border-radius: 6px; }
  code { font-size: .92em; }
  small { color: #667; }
`;

/** Allows this one style, and no script, image, form or frame. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** GET /: says in a browser what this is and how to connect. */
export async function frontPage(app: FastifyInstance, options: FrontPageOptions): Promise<void> {
  app.addHook('onRequest', hostGuard(options.config));
  app.get('/', (request, reply) => {
    reply
      // The page depends on the Host header.
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .header('cross-origin-opener-policy', 'same-origin')
      .header('referrer-policy', 'no-referrer');
    // Not request.host: with TRUST_PROXY that is X-Forwarded-Host, which a page can set.
    return render(escapeText(`${request.protocol}://${request.headers.host}/mcp`), options);
  });
}

function render(url: string, { config, toolNames }: FrontPageOptions): string {
  const { credential, explanation } = credentialsOf(config);
  const [header = '', value = ''] = credential ?? [];
  const server = { type: 'http', url, ...(credential && { headers: { [header]: value } }) };
  const clientConfig = JSON.stringify({ mcpServers: { partoo: server } }, null, 2);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Partoo MCP server</title>
<style>${STYLE}</style>
<h1>Partoo MCP server</h1>
<p>AI assistants use this server to run a company's local presence on <a href="https://www.partoo.co">Partoo</a>:
business listings, customer reviews, messages, posts and Google profile analytics. It speaks the
<a href="https://modelcontextprotocol.io">Model Context Protocol</a> over streamable HTTP.</p>
<h2>Connect</h2>
<p>Claude Code:</p>
<pre><code>claude mcp add --transport http partoo ${url}${credential ? ` --header "${header}: ${value}"` : ''}</code></pre>
<p>Cursor, and other clients with a JSON configuration:</p>
<pre><code>${clientConfig}</code></pre>
<p>${explanation} With <code>?readonly=true</code> at the end of the URL the assistant reads and cannot write.</p>
<h2>Tools</h2>
<p>${toolNames.map(name => `<code>${name}</code>`).join(', ')}
(<a href="/tools">as JSON</a>)</p>
<p><small>partoo-mcp ${config.version}</small></p>
</html>
`;
}

/** The header that a client sends, if it needs one, and why. */
function credentialsOf(config: Config): {
  credential?: [header: string, value: string];
  explanation: string;
} {
  if (config.SIGN_IN !== undefined) {
    return {
      explanation:
        'Claude, ChatGPT and other apps need only the URL: they open a page on which you sign in and choose what the assistant may do.',
    };
  }
  if (config.serverKeyIsOpen) return { explanation: 'Programs on this machine need no credentials.' };
  if (config.serverKey !== undefined) {
    return {
      credential: ['Authorization', 'Bearer YOUR_ACCESS_TOKEN'],
      explanation: 'The administrator of this server gives you the access token.',
    };
  }
  return {
    credential: ['x-APIKey', 'YOUR_PARTOO_KEY'],
    explanation:
      'Your key goes to Partoo with each call and is stored nowhere here. Clients that cannot send <code>x-APIKey</code> send ' +
      '<code>x-api-key</code>, <code>x-auth-token</code> or <code>Authorization: Bearer YOUR_PARTOO_KEY</code>.',
  };
}

/** Escapes the host name, which comes from the client, for use between tags. */
const escapeText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

import type {
  McpUiHostCapabilities,
  McpUiHostContext,
  McpUiInitializeResult,
} from '@modelcontextprotocol/ext-apps';

import type { Values } from './values.ts';

/**
 * The view's side of MCP Apps: JSON-RPC with the host by postMessage. The official `App` class is 129 kB gzipped, most of it
 * schemas (docs/decisions/0028-views.md). Tested against the official host side, `AppBridge`.
 * https://github.com/modelcontextprotocol/ext-apps/blob/main/specification/2026-01-26/apps.mdx
 */

const PROTOCOL_VERSION = '2026-01-26';

/** The result of a tool as hosts pass it on. */
export interface RawToolResult {
  content?: { type: string; text?: string }[];
  structuredContent?: Values;
  isError?: boolean;
}

export interface HostEvents {
  /** The arguments of the call whose result the view shows. */
  toolInput(args: Values): void;
  toolResult(result: RawToolResult): void;
  toolCancelled(): void;
  contextChanged(context: McpUiHostContext): void;
}

interface Message {
  jsonrpc: '2.0';
  id?: number | string;
  method?: string;
  params?: Values;
  result?: unknown;
  error?: { code: number; message: string };
}

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

export class Host {
  context: McpUiHostContext = {};
  capabilities: McpUiHostCapabilities = {};
  #pending = new Map<number, Pending>();
  #lastId = 0;
  #events: HostEvents;

  constructor(events: HostEvents) {
    this.#events = events;
    addEventListener('message', ({ source, data }: MessageEvent<Message | undefined>) => {
      if (source === parent && data?.jsonrpc === '2.0') this.#receive(data);
    });
  }

  /** Introduces the view; the host then sends the call that the view is for. */
  async connect(name: string): Promise<void> {
    const { hostContext, hostCapabilities } = (await this.#request('ui/initialize', {
      appInfo: { name, version: '1' },
      appCapabilities: { availableDisplayModes: ['inline', 'fullscreen'] },
      protocolVersion: PROTOCOL_VERSION,
    })) as McpUiInitializeResult;
    this.capabilities = hostCapabilities ?? {};
    this.#changeContext(hostContext ?? {});
    this.#notify('ui/notifications/initialized');
    new ResizeObserver(() => {
      const { width, height } = document.documentElement.getBoundingClientRect();
      this.#notify('ui/notifications/size-changed', { width: Math.ceil(width), height: Math.ceil(height) });
    }).observe(document.documentElement);
  }

  /** Calls a tool of the server through the host, which may ask the person first. Throws if the host does not carry it out. */
  callTool(name: string, args: Values): Promise<RawToolResult> {
    return this.#request('tools/call', { name, arguments: args }) as Promise<RawToolResult>;
  }

  /** Tells the model what the person did in the view, for its next turn. */
  async tellModel(text: string): Promise<void> {
    if (!this.capabilities.updateModelContext) return;
    await this.#request('ui/update-model-context', { content: [{ type: 'text', text }] }).catch(() => {});
  }

  openLink(url: string): void {
    this.#request('ui/open-link', { url }).catch(() => {});
  }

  /** Offers a file to the person. `blob`: base64; otherwise `text`. */
  async downloadFile(
    name: string,
    mimeType: string,
    data: { text: string } | { blob: string },
  ): Promise<void> {
    const resource = { uri: `file:///${name}`, mimeType, ...data };
    await this.#request('ui/download-file', { contents: [{ type: 'resource', resource }] });
  }

  async showFullscreen(on: boolean): Promise<void> {
    await this.#request('ui/request-display-mode', { mode: on ? 'fullscreen' : 'inline' }).catch(() => {});
  }

  #receive({ id, method, params = {}, result, error }: Message): void {
    if (method === undefined) {
      const pending = this.#pending.get(id as number);
      this.#pending.delete(id as number);
      if (error) pending?.reject(new Error(error.message));
      else pending?.resolve(result);
    } else if (id !== undefined) {
      const known = method === 'ping' || method === 'ui/resource-teardown';
      this.#send(known ? { id, result: {} } : { id, error: { code: -32601, message: 'Method not found' } });
    } else if (method === 'ui/notifications/tool-input') {
      this.#events.toolInput((params.arguments ?? {}) as Values);
    } else if (method === 'ui/notifications/tool-result') {
      this.#events.toolResult(params as RawToolResult);
    } else if (method === 'ui/notifications/tool-cancelled') {
      this.#events.toolCancelled();
    } else if (method === 'ui/notifications/host-context-changed') {
      this.#changeContext(params);
    }
  }

  #changeContext(changed: McpUiHostContext): void {
    this.context = { ...this.context, ...changed };
    this.#events.contextChanged(this.context);
  }

  #request(method: string, params: Values): Promise<unknown> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#send({ id, method, params });
    });
  }

  #notify(method: string, params: Values = {}): void {
    this.#send({ method, params });
  }

  /** The host's origin is unknown to a sandboxed page, which sends nothing that the host did not give it. */
  #send(message: Omit<Message, 'jsonrpc'>): void {
    parent.postMessage({ jsonrpc: '2.0', ...message }, '*');
  }
}

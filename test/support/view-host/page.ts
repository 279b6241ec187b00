import type { McpUiHostCapabilities } from '@modelcontextprotocol/ext-apps';
import { AppBridge, PostMessageTransport } from '@modelcontextprotocol/ext-apps/app-bridge';

/** The browser's half of the tests' host: the official host side of MCP Apps round one view. */

export interface HostPageOptions {
  hostContext: Record<string, unknown>;
  sandbox: string;
  input: Record<string, unknown>;
  /** What this host offers beyond calls of tools. */
  capabilities: McpUiHostCapabilities;
}

declare global {
  interface Window {
    startHost(options: HostPageOptions): Promise<void>;
    sendResult(result: unknown): Promise<void>;
    cancelTool(): Promise<void>;
    changeContext(context: Record<string, unknown>): Promise<void>;
    tearDown(): Promise<void>;
    // The other half, in Node.
    callServerTool(params: unknown): Promise<unknown>;
    report(event: string, params: unknown): Promise<void>;
  }
}

const ok = async () => ({});

window.startHost = async ({ hostContext, sandbox, input, capabilities: more }) => {
  const frame = document.createElement('iframe');
  frame.title = 'View';
  frame.setAttribute('sandbox', sandbox);
  if (more.sandbox?.permissions?.clipboardWrite) frame.allow = 'clipboard-write';
  document.body.append(frame);
  const target = frame.contentWindow as Window;
  const capabilities = { serverTools: {}, ...more };
  const bridge = new AppBridge(null, { name: 'test-host', version: '1' }, capabilities, { hostContext });
  bridge.oncalltool = async params => (await window.callServerTool(params)) as never;
  bridge.onupdatemodelcontext = async params => {
    await window.report('model-context', params);
    return {};
  };
  bridge.onopenlink = async params => {
    await window.report('link', params);
    return {};
  };
  bridge.ondownloadfile = async params => {
    await window.report('download', params);
    return {};
  };
  bridge.onrequestdisplaymode = async ({ mode }) => ({ mode });
  bridge.onmessage = ok;
  bridge.onsizechange = ({ height }) => {
    if (height !== undefined) frame.style.height = `${height}px`;
  };
  const initialized = new Promise<void>(resolve => {
    bridge.oninitialized = () => resolve();
  });
  window.sendResult = result => bridge.sendToolResult(result as never);
  window.cancelTool = () => bridge.sendToolCancelled({ reason: 'The person stopped it.' });
  window.changeContext = async context => bridge.sendHostContextChange(context);
  window.tearDown = async () => {
    await bridge.teardownResource({});
    frame.remove();
  };
  await bridge.connect(new PostMessageTransport(target, target));
  frame.src = 'https://view.host.example/';
  await initialized;
  await bridge.sendToolInput({ arguments: input });
};

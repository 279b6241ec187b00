import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { rpc } from './rpc.ts';

/** A tool result as a model gets it. */
export interface ToolResult {
  isError: boolean;
  text: string;
  structured: Record<string, unknown> | undefined;
}

export interface ListedTool {
  name: string;
  title?: string;
  description?: string;
  inputSchema: Record<string, unknown>;
  outputSchema?: Record<string, unknown>;
  annotations?: Record<string, unknown>;
  _meta?: { ui?: { resourceUri?: string } };
}

export interface TestClient {
  /** The server's instructions; curl does not connect, so it has none. */
  instructions?: string;
  listTools(): Promise<ListedTool[]>;
  call(name: string, args?: Record<string, unknown>): Promise<ToolResult>;
  /** Returns the result as it was sent. */
  callRaw(name: string, args?: Record<string, unknown>): Promise<unknown>;
  listResources(): Promise<{ uri: string; mimeType?: string }[]>;
  /** Returns the text of a resource. */
  readResource(uri: string): Promise<string>;
  close(): Promise<void>;
}

export type Connect = (url: string, headers?: Record<string, string>) => Promise<TestClient>;

const INFO = { name: 'partoo-mcp-tests', version: '1.0.0' };

interface SdkClient {
  listTools(): Promise<{ tools: unknown[] }>;
  callTool(params: { name: string; arguments: Record<string, unknown> }): Promise<unknown>;
  listResources(): Promise<{ resources: { uri: string; mimeType?: string }[] }>;
  readResource(params: { uri: string }): Promise<unknown>;
  close(): Promise<void>;
}

export const testClient = (client: SdkClient): TestClient => ({
  listTools: async () => (await client.listTools()).tools as ListedTool[],
  call: async (name, args = {}) => toToolResult(await client.callTool({ name, arguments: args })),
  callRaw: (name, args = {}) => client.callTool({ name, arguments: args }),
  listResources: async () => (await client.listResources()).resources,
  readResource: async uri => textOf(await client.readResource({ uri })),
  close: () => client.close(),
});

/** The v2 SDK client, pinned to 2026-07-28. */
export const connectV2: Connect = async (url, headers = {}) => {
  const client = new Client(INFO, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  return { instructions: client.getInstructions(), ...testClient(client) };
};

/** The v1 SDK client, which speaks 2025-11-25. */
export const connectV1: Connect = async (url, headers = {}) => {
  const client = new ClientV1(INFO);
  await client.connect(new TransportV1(new URL(url), { requestInit: { headers } }));
  return { instructions: client.getInstructions(), ...testClient(client) };
};

const HAS_CURL = spawnSync('curl', ['--version']).status === 0;
if (!HAS_CURL) {
  if (process.env.CI) throw new Error('CI must have curl');
  process.stderr.write(
    '\n!!! NO CURL on this machine: its tests send the same requests through fetch !!!\n\n',
  );
}

type SendPlain = (url: string, headers: Record<string, string>, body: string) => Promise<string>;

/** Sends one request by curl as a person types it: without a handshake or an Accept header. Returns the body. */
export const sendByCurl: SendPlain = async (url, headers, body) => {
  if (!HAS_CURL) return sendByFetch(url, headers, body);
  const flags = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  return (await promisify(execFile)('curl', ['-sS', url, ...flags, '-d', body])).stdout;
};

const sendByFetch: SendPlain = async (url, headers, body) =>
  (await fetch(url, { method: 'POST', headers, body })).text();

const connectBy =
  (send: SendPlain): Connect =>
  async (url, headers = {}) => {
    const post = async (method: string, params: object) => {
      const message = JSON.stringify(rpc(method, params));
      return JSON.parse(await send(url, { 'content-type': 'application/json', ...headers }, message)).result;
    };
    return {
      listTools: async () => (await post('tools/list', {})).tools,
      call: async (name, args = {}) => toToolResult(await post('tools/call', { name, arguments: args })),
      callRaw: (name, args = {}) => post('tools/call', { name, arguments: args }),
      listResources: async () => (await post('resources/list', {})).resources,
      readResource: async uri => textOf(await post('resources/read', { uri })),
      close: async () => {},
    };
  };

export const connectCurl = connectBy(sendByCurl);

/** Sends the same requests as curl, but without a process per call: for tests that are not about clients. */
export const connectPlain = connectBy(sendByFetch);

export const CLIENTS: { client: string; connect: Connect }[] = [
  { client: 'the v2 SDK on 2026-07-28', connect: connectV2 },
  { client: 'the v1 SDK', connect: connectV1 },
  { client: 'curl', connect: connectCurl },
];

const textOf = (resource: unknown) => (resource as { contents: { text?: string }[] }).contents[0]?.text ?? '';

export function toToolResult(result: unknown): ToolResult {
  const { isError, content, structuredContent } = result as {
    isError?: boolean;
    content: { text: string }[];
    structuredContent?: Record<string, unknown>;
  };
  return { isError: isError === true, text: content[0]?.text ?? '', structured: structuredContent };
}

/** Returns the error of a result, as the model reads it. */
export function errorIn(result: ToolResult): {
  code: string;
  message: string;
  next_step: string;
  problems?: string[];
  retry_after_seconds?: number;
} {
  return JSON.parse(result.text).error;
}

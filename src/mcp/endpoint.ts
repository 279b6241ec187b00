import { type NodeIncomingMessageLike, toWebRequest } from '@modelcontextprotocol/node';
import type { Instrumentation } from './calls/instrumentation.ts';
import type { DescribeAccount } from './catalog/known-accounts.ts';
import { readEligibleRequest } from './fast-path/eligible-request.ts';
import type { FastPath } from './fast-path/fast-path.ts';
import { explainSdkError, refuse } from './protocol/error-responses.ts';
import { bodyProblem } from './protocol/message-problem.ts';
import { readMirroredHeaders } from './protocol/mirrored-headers.ts';
import { isHandshake, isIntroduction, normalizeBody } from './protocol/normalize-message.ts';
import type { McpRequest, RequestContext } from './protocol/request-context.ts';
import { type CreateMcpServer, createSdkAdapter } from './protocol/sdk-adapter.ts';

/** Serves one POST. Returns the SDK's response, or JSON to send with status 200. */
export type McpEndpoint = (request: McpRequest) => Promise<Response | string>;

interface EndpointOptions {
  createServer: CreateMcpServer;
  /** Without it, the SDK serves every request. */
  fastPath: FastPath | undefined;
  describeAccount: DescribeAccount;
  instrumentation: Instrumentation;
  onerror(error: Error): void;
}

/**
 * The Streamable HTTP endpoint: normalizes a POST, then serves it on the fast path, refuses it, or passes it to the SDK.
 * Each message counts once: tool calls in callTool, where their outcome is known, all others here. In a batch, only tool
 * calls count.
 */
export function createEndpoint(options: EndpointOptions): McpEndpoint {
  const { createServer, fastPath, describeAccount, instrumentation, onerror } = options;
  const serveWithSdk = createSdkAdapter(createServer, onerror);

  return async request => {
    const started = performance.now();
    const { headers, problem: headerProblem } = readMirroredHeaders(request.headers);
    const body = normalizeBody(request.body, headers['mcp-protocol-version']);
    // initialize negotiates the revision in its body; its header may name a later revision, unknown here.
    if (isHandshake(body)) headers['mcp-protocol-version'] = undefined;
    const method = (body as { method?: unknown } | null)?.method;
    const context: RequestContext = {
      ...request,
      method,
      protocolVersion: headers['mcp-protocol-version'],
      accepts: readAccept(request.headers.accept),
    };
    const count = (error?: number) => {
      const seconds = (performance.now() - started) / 1_000;
      if (typeof method === 'string') instrumentation.message(method, error, seconds);
    };

    if (fastPath && context.accepts.json && !headerProblem) {
      const eligible = readEligibleRequest(headers, body, request.enabledTools);
      if (eligible?.call) return fastPath.callTool(eligible, eligible.call, context);
      if (eligible) {
        count();
        return fastPath.listTools(eligible, request.enabledTools);
      }
    }
    const problem = headerProblem ?? bodyProblem(body);
    if (problem) {
      const { response, error } = refuse(problem, body, context);
      count(error);
      return response;
    }
    // A fixed URL and Host: nothing behind the endpoint reads the client's, and those may be invalid.
    const nodeRequest = {
      method: 'POST',
      url: '/mcp',
      headers: { ...request.headers, ...headers, host: 'localhost' },
    };
    const webRequest = await toWebRequest(nodeRequest as unknown as NodeIncomingMessageLike, body, {
      signal: request.signal,
    });
    if (isIntroduction(method)) context.account = await describeAccount(request.caller);
    const sdkResponse = await serveWithSdk(webRequest, body, context);
    const { response, error } = await explainSdkError(sdkResponse, request.requestId);
    if (method !== 'tools/call' || !TOOL_CALL_STATUSES.has(response.status)) count(error);
    return response;
  };
}

/**
 * The statuses that the SDK sends for a tools/call only after it called the tool: 200 also for errors, 499 if the client
 * disconnected meanwhile. Refusals before the call are 4xx, notifications 202.
 */
const TOOL_CALL_STATUSES = new Set([200, 499]);

/** The response types that a client accepts; without an Accept header, JSON. */
function readAccept(accept = '*/*'): RequestContext['accepts'] {
  const streams = /text\/event-stream/i.test(accept);
  return { streams, json: !streams || /application\/(json|\*)|\*\/\*/i.test(accept) };
}

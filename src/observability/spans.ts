import {
  type Context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_REQUEST_RESEND_COUNT,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from '@opentelemetry/semantic-conventions';
import type { CallInstrumentation, TraceCarrier } from '../mcp/calls/instrumentation.ts';
import { errorType } from './error-type.ts';

/** Not stable yet, so that the package keeps them apart and may rename them. */
const ATTR_MCP_METHOD_NAME = 'mcp.method.name';
const ATTR_MCP_PROTOCOL_VERSION = 'mcp.protocol.version';
const ATTR_GEN_AI_OPERATION_NAME = 'gen_ai.operation.name';
const ATTR_GEN_AI_TOOL_NAME = 'gen_ai.tool.name';
const ATTR_RPC_RESPONSE_STATUS_CODE = 'rpc.response.status_code';
const ATTR_URL_TEMPLATE = 'url.template';
/** Ours. */
const ATTR_OUTCOME = 'partoo_mcp.outcome';
const ATTR_REQUEST_ID = 'partoo_mcp.request_id';
const EVENT_TURN = 'partoo_mcp.turn';
const ATTR_TURN_OUTCOME = 'partoo_mcp.turn.outcome';
const ATTR_TURN_SECONDS = 'partoo_mcp.turn.wait_seconds';

const METHOD = 'tools/call';
const REVISION = /^\d{4}-\d{2}-\d{2}$/;

/**
 * A span a tool call, and below it one for each attempt at Partoo. They hold what the log holds, and nothing that a
 * caller or a stranger wrote: not `jsonrpc.request.id`, which the caller chooses, nor `url.full`, which has ids and
 * arguments.
 *
 * Partoo is not told of the trace: it has not asked, and would learn from it which calls of ours belong together.
 */
export function traceWithSpans(tracer: Tracer, partoo: URL): CallInstrumentation {
  const server = {
    [ATTR_SERVER_ADDRESS]: partoo.hostname,
    [ATTR_SERVER_PORT]: Number(partoo.port || (partoo.protocol === 'https:' ? 443 : 80)),
  };
  return {
    call({ tool, requestId, protocolVersion = '', carriers }) {
      const parent = contextOf(carriers);
      const name = tool === undefined ? METHOD : `${METHOD} ${tool}`;
      const attributes = {
        [ATTR_MCP_METHOD_NAME]: METHOD,
        [ATTR_GEN_AI_OPERATION_NAME]: 'execute_tool',
        [ATTR_REQUEST_ID]: requestId,
        ...(tool !== undefined && { [ATTR_GEN_AI_TOOL_NAME]: tool }),
        ...(REVISION.test(protocolVersion) && { [ATTR_MCP_PROTOCOL_VERSION]: protocolVersion }),
      };
      const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
      const within = trace.setSpan(parent, span);
      return {
        traceId: span.spanContext().traceId,

        admission(outcome, seconds) {
          span.addEvent(EVENT_TURN, { [ATTR_TURN_OUTCOME]: outcome, [ATTR_TURN_SECONDS]: seconds });
        },

        attempt({ method, template, number }) {
          const attributes = {
            [ATTR_HTTP_REQUEST_METHOD]: method,
            [ATTR_URL_TEMPLATE]: template,
            ...server,
            ...(number > 1 && { [ATTR_HTTP_REQUEST_RESEND_COUNT]: number - 1 }),
          };
          const options = { kind: SpanKind.CLIENT, attributes };
          const attempt = tracer.startSpan(`${method} ${template}`, options, within);
          return end => {
            if (typeof end === 'number') attempt.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, end);
            const error = errorType.ofAttempt(end);
            if (error !== undefined) {
              attempt.setAttribute(ATTR_ERROR_TYPE, error).setStatus({ code: SpanStatusCode.ERROR });
            }
            attempt.end();
          };
        },

        ended(outcome) {
          span.setAttribute(ATTR_OUTCOME, outcome);
          const error = errorType.ofCall(outcome);
          if (error !== undefined) {
            span.setAttribute(ATTR_ERROR_TYPE, error).setStatus({ code: SpanStatusCode.ERROR });
          }
          if (outcome === 'unknown_tool' && error) span.setAttribute(ATTR_RPC_RESPONSE_STATUS_CODE, error);
          span.end();
        },
      };
    },
  };
}

/**
 * The caller's trace: of the first carrier that tells one rightly. Its state and its baggage are text of the caller's,
 * for tracers after this one, and there are none: they are left where they are.
 */
function contextOf(carriers: TraceCarrier[]): Context {
  for (const { traceparent } of carriers) {
    const found = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, { traceparent }));
    if (found) return trace.setSpanContext(ROOT_CONTEXT, found);
  }
  return ROOT_CONTEXT;
}

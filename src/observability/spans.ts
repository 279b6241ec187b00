import {
  type Context,
  propagation,
  ROOT_CONTEXT,
  type Span,
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

/** Conventions that are not stable yet: the package may still rename its constants for them. */
const ATTR_ENDUSER_ID = 'enduser.id';
const ATTR_MCP_METHOD_NAME = 'mcp.method.name';
const ATTR_MCP_PROTOCOL_VERSION = 'mcp.protocol.version';
const ATTR_GEN_AI_OPERATION_NAME = 'gen_ai.operation.name';
const ATTR_GEN_AI_TOOL_NAME = 'gen_ai.tool.name';
const ATTR_RPC_RESPONSE_STATUS_CODE = 'rpc.response.status_code';
const ATTR_URL_TEMPLATE = 'url.template';
/** Our own. */
const ATTR_OUTCOME = 'partoo_mcp.outcome';
const ATTR_REQUEST_ID = 'partoo_mcp.request_id';
const EVENT_ADMISSION = 'partoo_mcp.turn';
const ATTR_ADMISSION_OUTCOME = 'partoo_mcp.turn.outcome';
const ATTR_ADMISSION_SECONDS = 'partoo_mcp.turn.wait_seconds';

const METHOD = 'tools/call';
const REVISION = /^\d{4}-\d{2}-\d{2}$/;

/**
 * One span per tool call, with a child span per attempt at Partoo. They hold what the log holds, and no text of a caller or a
 * third party: neither `jsonrpc.request.id`, which the client chooses, nor `url.full`, which has ids and arguments.
 *
 * Partoo gets no `traceparent`: it has not asked for one, and could link a customer's calls by it.
 */
export function traceWithSpans(tracer: Tracer, partoo: URL): CallInstrumentation {
  const server = {
    [ATTR_SERVER_ADDRESS]: partoo.hostname,
    [ATTR_SERVER_PORT]: Number(partoo.port || (partoo.protocol === 'https:' ? 443 : 80)),
  };
  return {
    call({ tool, requestId, protocolVersion = '', carriers, caller }) {
      const parent = contextOf(carriers);
      const name = tool === undefined ? METHOD : `${METHOD} ${tool}`;
      const attributes = {
        [ATTR_MCP_METHOD_NAME]: METHOD,
        [ATTR_GEN_AI_OPERATION_NAME]: 'execute_tool',
        [ATTR_REQUEST_ID]: requestId,
        ...(tool !== undefined && { [ATTR_GEN_AI_TOOL_NAME]: tool }),
        ...(caller?.person !== undefined && { [ATTR_ENDUSER_ID]: caller.person }),
        ...(REVISION.test(protocolVersion) && { [ATTR_MCP_PROTOCOL_VERSION]: protocolVersion }),
      };
      const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
      const within = trace.setSpan(parent, span);
      return {
        traceId: span.spanContext().traceId,

        admission(outcome, seconds) {
          span.addEvent(EVENT_ADMISSION, {
            [ATTR_ADMISSION_OUTCOME]: outcome,
            [ATTR_ADMISSION_SECONDS]: seconds,
          });
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
          return outcome => {
            if (typeof outcome === 'number') attempt.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, outcome);
            endSpan(attempt, errorType.ofAttempt(outcome));
          };
        },

        ended(outcome) {
          span.setAttribute(ATTR_OUTCOME, outcome);
          const error = errorType.ofCall(outcome);
          if (outcome === 'unknown_tool' && error) span.setAttribute(ATTR_RPC_RESPONSE_STATUS_CODE, error);
          endSpan(span, error);
        },
      };
    },
  };
}

function endSpan(span: Span, error: string | undefined): void {
  if (error !== undefined)
    span.setAttribute(ATTR_ERROR_TYPE, error).setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/**
 * The trace context of the first carrier with a valid one. Its `tracestate` and baggage are free text of the client and are
 * dropped.
 */
function contextOf(carriers: TraceCarrier[]): Context {
  for (const { traceparent } of carriers) {
    const found = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, { traceparent }));
    if (found) return trace.setSpanContext(ROOT_CONTEXT, found);
  }
  return ROOT_CONTEXT;
}

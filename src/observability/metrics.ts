import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ServedRequest } from '../http/fastify.ts';
import type { Instrumentation, Outcome } from '../mcp/calls/instrumentation.ts';
import { ERROR_CODES } from '../mcp/responses/error-advice.ts';
import { errorType } from './error-type.ts';
import { addReadings, type Readings } from './readings.ts';

export interface MetricsOptions extends Readings {
  /** No other tool name becomes a label. */
  toolNames: string[];
}

/** From 5 ms to 60 s, when most clients have given up. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60];

/** OpenTelemetry's label value for anything outside a closed set. */
const OTHER = '_OTHER';

const METHODS = new Set([
  'tools/call',
  'initialize',
  'notifications/cancelled',
  'notifications/initialized',
  'notifications/progress',
  'ping',
  'server/discover',
  'subscriptions/listen',
  'tools/list',
]);

/** The statuses of POST /mcp that alerts use. */
const STATUSES = [200, 202, 400, 401, 403, 413, 429, 500, 503];

const OUTCOMES: Outcome[] = ['ok', 'unknown_tool', ...ERROR_CODES];

/**
 * Metrics for Prometheus. Names and labels follow OpenTelemetry where it defines any, spelt as its exporters do
 * (`mcp.server.operation.duration` is `mcp_server_operation_duration_seconds`). Every label has a closed set of values, and
 * none identifies a caller.
 */
export function createMetrics({ toolNames, ...readings }: MetricsOptions) {
  const registry = new Registry();
  const registers = [registry];
  addReadings(registry, readings);

  const operations = new Histogram({
    name: 'mcp_server_operation_duration_seconds',
    help: 'Duration of tool calls and of other MCP messages, until their response is ready. error_type is tool_error if the tool returned an error.',
    labelNames: ['mcp_method_name', 'gen_ai_tool_name', 'error_type'],
    buckets: BUCKETS,
    registers,
  });
  const toolCalls = new Counter({
    name: 'partoo_mcp_tool_calls_total',
    help: 'Tool calls by outcome: ok, or the error code that the model reads.',
    labelNames: ['gen_ai_tool_name', 'outcome'],
    registers,
  });
  const callsInFlight = new Gauge({
    name: 'partoo_mcp_tool_calls_in_flight',
    help: 'Tool calls in progress in this process.',
    registers,
  });
  const attempts = new Histogram({
    name: 'http_client_request_duration_seconds',
    help: 'Duration of attempts at Partoo. Without a status, error_type says why: timeout, lost or not_sent.',
    labelNames: ['http_request_method', 'url_template', 'http_response_status_code', 'error_type'],
    buckets: BUCKETS,
    registers,
  });
  const attemptsInFlight = new Gauge({
    name: 'http_client_active_requests',
    help: 'Attempts at Partoo in progress.',
    registers,
  });
  const resent = new Counter({
    name: 'partoo_mcp_resent_requests_total',
    help: 'Attempts at Partoo that repeat an earlier one.',
    registers,
  });
  const admissions = new Histogram({
    name: 'partoo_mcp_limit_wait_duration_seconds',
    help: 'Time that requests waited for the rate limit, by whether they were admitted.',
    labelNames: ['outcome'],
    buckets: BUCKETS,
    registers,
  });
  const requests = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Duration of HTTP requests, from their headers to the end of the response. 499: the client disconnected before.',
    labelNames: ['http_request_method', 'http_route', 'http_response_status_code'],
    buckets: BUCKETS,
    registers,
  });

  // Series start at zero, or rate() would miss their first increment.
  for (const tool of [...toolNames, OTHER]) {
    for (const outcome of OUTCOMES) {
      if ((tool === OTHER) === (outcome === 'unknown_tool'))
        toolCalls.inc({ gen_ai_tool_name: tool, outcome }, 0);
    }
  }
  for (const outcome of ['granted', 'refused', 'cancelled']) admissions.zero({ outcome });
  for (const status of STATUSES) requests.zero(requestLabels('POST', '/mcp', status));

  const instrumentation: Instrumentation = {
    call({ tool = OTHER }) {
      const started = performance.now();
      callsInFlight.inc();
      return {
        traceId: undefined,
        admission: (outcome, seconds) => admissions.observe({ outcome }, seconds),
        attempt({ method, template, number }) {
          const startedAt = performance.now();
          attemptsInFlight.inc();
          if (number > 1) resent.inc();
          return outcome => {
            attemptsInFlight.dec();
            const labels = {
              http_request_method: method,
              url_template: template,
              http_response_status_code: typeof outcome === 'number' ? String(outcome) : '',
              error_type: errorType.ofAttempt(outcome) ?? '',
            };
            attempts.observe(labels, (performance.now() - startedAt) / 1_000);
          };
        },
        ended(outcome) {
          callsInFlight.dec();
          toolCalls.inc({ gen_ai_tool_name: tool, outcome });
          const labels = {
            mcp_method_name: 'tools/call',
            gen_ai_tool_name: tool,
            error_type: errorType.ofCall(outcome) ?? '',
          };
          operations.observe(labels, (performance.now() - started) / 1_000);
        },
      };
    },
    message(method, error, seconds) {
      const labels = {
        mcp_method_name: METHODS.has(method) ? method : OTHER,
        gen_ai_tool_name: '',
        error_type: error === undefined ? '' : String(error),
      };
      operations.observe(labels, seconds);
    },
  };

  return {
    instrumentation,
    onServed({ method, route, status, seconds }: ServedRequest): void {
      requests.observe(requestLabels(method, route, status), seconds);
    },
    contentType: registry.contentType,
    read: () => registry.metrics(),
  };
}

const requestLabels = (method: string, route: string, status: number) => ({
  http_request_method: method,
  http_route: route,
  http_response_status_code: String(status),
});

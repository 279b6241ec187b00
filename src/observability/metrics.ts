import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ServedRequest } from '../http/fastify.ts';
import type { Instrumentation, Outcome } from '../mcp/calls/instrumentation.ts';
import { ERROR_CODES } from '../mcp/responses/error-advice.ts';
import { errorType } from './error-type.ts';
import { addReadings, type Readings } from './readings.ts';

export interface MetricsOptions extends Readings {
  /** The catalogue: no other name becomes a label. */
  toolNames: string[];
}

/** From 5 ms to the 60 s after which most clients have given up. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60];

/** OpenTelemetry's name for what is in no closed set. */
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

/** Of POST /mcp: those that say how we do. */
const STATUSES = [200, 202, 400, 401, 403, 413, 429, 500, 503];

const OUTCOMES: Outcome[] = ['ok', 'unknown_tool', ...ERROR_CODES];

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * Counts for Prometheus. Names and labels are OpenTelemetry's where it has any, written as its exporters write them
 * (`mcp.server.operation.duration` is `mcp_server_operation_duration_seconds`). Every label is of a closed set, and
 * none says anything of a caller.
 */
export function createMetrics({ toolNames, ...readings }: MetricsOptions) {
  const registry = new Registry();
  const registers = [registry];
  addReadings(registry, readings);

  const operations = new Histogram({
    name: 'mcp_server_operation_duration_seconds',
    help: 'Tool calls from when the tool is looked up to its result, other MCP messages from when they were read to their answer. error_type is tool_error where the tool told an error.',
    labelNames: ['mcp_method_name', 'gen_ai_tool_name', 'error_type'],
    buckets: BUCKETS,
    registers,
  });
  const toolCalls = new Counter({
    name: 'partoo_mcp_tool_calls_total',
    help: 'Tool calls by their outcome: ok, or the code that the model reads.',
    labelNames: ['gen_ai_tool_name', 'outcome'],
    registers,
  });
  const callsInFlight = new Gauge({
    name: 'partoo_mcp_tool_calls_in_flight',
    help: 'Tool calls that are under way in this process.',
    registers,
  });
  const attempts = new Histogram({
    name: 'http_client_request_duration_seconds',
    help: 'Attempts at Partoo. Without a status, error_type says why: timeout, lost, not_sent or cancelled.',
    labelNames: ['http_request_method', 'url_template', 'http_response_status_code', 'error_type'],
    buckets: BUCKETS,
    registers,
  });
  const attemptsInFlight = new Gauge({
    name: 'http_client_active_requests',
    help: 'Attempts at Partoo that have not ended.',
    registers,
  });
  const resent = new Counter({
    name: 'partoo_mcp_resent_requests_total',
    help: 'Attempts at Partoo after the first of their request.',
    registers,
  });
  const turns = new Histogram({
    name: 'partoo_mcp_limit_wait_duration_seconds',
    help: "How long requests waited for their turn at Partoo's limit, and whether they got one.",
    labelNames: ['outcome'],
    buckets: BUCKETS,
    registers,
  });
  const requests = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'HTTP requests from their headers to the end of their answer. 499: the connection closed before that.',
    labelNames: ['http_request_method', 'http_route', 'http_response_status_code'],
    buckets: BUCKETS,
    registers,
  });

  // From zero, so that a rate sees the first one too.
  for (const tool of [...toolNames, OTHER]) {
    for (const outcome of OUTCOMES) {
      if ((tool === OTHER) === (outcome === 'unknown_tool'))
        toolCalls.inc({ gen_ai_tool_name: tool, outcome }, 0);
    }
  }
  for (const outcome of ['granted', 'refused', 'cancelled']) turns.zero({ outcome });
  for (const status of STATUSES) requests.zero(requestLabels('POST', '/mcp', status));

  const instrumentation: Instrumentation = {
    call({ tool = OTHER }) {
      const started = performance.now();
      callsInFlight.inc();
      return {
        traceId: undefined,
        admission: (outcome, seconds) => turns.observe({ outcome }, seconds),
        attempt({ method, template, number }) {
          const left = performance.now();
          attemptsInFlight.inc();
          if (number > 1) resent.inc();
          return end => {
            attemptsInFlight.dec();
            const labels = {
              http_request_method: method,
              url_template: template,
              http_response_status_code: typeof end === 'number' ? String(end) : '',
              error_type: errorType.ofAttempt(end) ?? '',
            };
            attempts.observe(labels, (performance.now() - left) / 1_000);
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
    served({ method, route, status, seconds }: ServedRequest): void {
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

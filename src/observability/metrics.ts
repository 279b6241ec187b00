import { LRUCache } from 'lru-cache';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ServedRequest } from '../http/fastify.ts';
import type { Instrumentation, Outcome } from '../mcp/calls/instrumentation.ts';
import { ERROR_CODES } from '../mcp/responses/error-advice.ts';
import { errorType } from './error-type.ts';
import { addReadings, type Readings } from './readings.ts';

/** From 5 ms to 60 s, when most clients have given up. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60];

const PEOPLE_MS = 3_600_000;
const MAX_PEOPLE = 10_000;

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
 * none identifies a caller: tools outside `toolNames` are not named.
 */
export function createMetrics(version: string, toolNames: string[], readings: Readings) {
  const registry = new Registry();
  const registers = [registry];
  const durations = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Histogram({ name, help, labelNames, buckets: BUCKETS, registers });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  addReadings(registry, version, readings);

  const operations = durations(
    'mcp_server_operation_duration_seconds',
    'Duration of tool calls and of other MCP messages, until their response is ready. error_type is tool_error if the tool returned an error.',
    ['mcp_method_name', 'gen_ai_tool_name', 'error_type'],
  );
  const toolCalls = counter(
    'partoo_mcp_tool_calls_total',
    'Tool calls by outcome: ok, or the error code that the model reads.',
    ['gen_ai_tool_name', 'outcome'],
  );
  // Counted, and never a label: made-up names must not become series, and people are nobody's statistics.
  const people = new LRUCache<string, true>({ max: MAX_PEOPLE, ttl: PEOPLE_MS });
  new Gauge({
    name: 'partoo_mcp_people',
    help: 'People and machines that share a key and called this process within the last hour.',
    registers,
    collect() {
      people.purgeStale();
      this.set(people.size);
    },
  });
  const callsInFlight = gauge('partoo_mcp_tool_calls_in_flight', 'Tool calls in progress in this process.');
  const attempts = durations(
    'http_client_request_duration_seconds',
    'Duration of attempts at Partoo. Without a status, error_type says why: timeout, lost or not_sent.',
    ['http_request_method', 'url_template', 'http_response_status_code', 'error_type'],
  );
  const attemptsInFlight = gauge('http_client_active_requests', 'Attempts at Partoo in progress.');
  const resent = counter(
    'partoo_mcp_resent_requests_total',
    'Attempts at Partoo that repeat an earlier one.',
    [],
  );
  const admissions = durations(
    'partoo_mcp_limit_wait_duration_seconds',
    'Time that requests waited for the rate limit, by whether they were admitted.',
    ['outcome'],
  );
  const requests = durations(
    'http_server_request_duration_seconds',
    'Duration of HTTP requests, from their headers to the end of the response. 499: the client disconnected before.',
    ['http_request_method', 'http_route', 'http_response_status_code'],
  );

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
    call({ tool = OTHER, caller }) {
      const started = performance.now();
      if (caller?.person !== undefined) people.set(caller.callerHash, true);
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

  const onServed = ({ method, route, status, seconds }: ServedRequest) =>
    requests.observe(requestLabels(method, route, status), seconds);
  return { instrumentation, onServed, registry };
}

const requestLabels = (method: string, route: string, status: number) => ({
  http_request_method: method,
  http_route: route,
  http_response_status_code: String(status),
});

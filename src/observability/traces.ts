import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-node';
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { traceWithSpans } from './spans.ts';

/** Longest time that a hanging collector delays a stop. */
const EXPORT_TIMEOUT_MS = 3_000;
/** Later than the exporter's own timeout, whose error has the reason. */
const BATCH_TIMEOUT_MS = EXPORT_TIMEOUT_MS + 1_000;
const WARN_EVERY_MS = 60_000;

/** Sends spans to a collector in batches, as JSON over HTTP. */
export function createTraces(config: Config, partooBaseUrl: string, log: Logger) {
  const { version } = config;
  const exporter = new OTLPTraceExporter({
    url: `${config.OTEL_EXPORTER_OTLP_ENDPOINT}/v1/traces`,
    headers: config.OTEL_EXPORTER_OTLP_HEADERS,
    timeoutMillis: EXPORT_TIMEOUT_MS,
  });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      [ATTR_SERVICE_NAME]: config.OTEL_SERVICE_NAME,
      [ATTR_SERVICE_VERSION]: version,
    }),
    sampler: createSampler(config),
    spanProcessors: [
      new BatchSpanProcessor(logFailures(exporter, log), { exportTimeoutMillis: BATCH_TIMEOUT_MS }),
    ],
  });
  // Registers the W3C propagator. A context manager is not needed: calls pass their hooks as an argument.
  provider.register({ contextManager: null });
  return {
    instrumentation: traceWithSpans(provider.getTracer('partoo-mcp', version), new URL(partooBaseUrl)),
    /** Sends the remaining spans. Never rejects: a collector that is down must not make the stop fail. */
    close: () => provider.shutdown().catch(() => {}),
  };
}

/**
 * Logs at most one line per minute while spans are lost. The SDK's own lines contain the collector's response, and some
 * collectors echo the headers that they refuse.
 */
function logFailures(exporter: SpanExporter, log: Logger): SpanExporter {
  let nextWarning = 0;
  return {
    export(spans, done) {
      exporter.export(spans, result => {
        if (result.error && performance.now() >= nextWarning) {
          nextWarning = performance.now() + WARN_EVERY_MS;
          log.warn({ problem: problemOf(result.error) }, 'traces are lost');
        }
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}

/** Only the status of an HTTP error: its message is the collector's. */
function problemOf(error: Error & { code?: unknown }): string {
  return typeof error.code === 'number' ? `the collector responded with ${error.code}` : error.message;
}

/** The sampler for ratios samples every trace at 1, and none at 0. */
const FIXED_RATIOS: Record<string, number> = { always_on: 1, always_off: 0 };

function createSampler({ OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: ratio }: Config): Sampler {
  const root = new TraceIdRatioBasedSampler(FIXED_RATIOS[name.replace('parentbased_', '')] ?? ratio);
  return name.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root;
}

import type { Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-node';
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import type { Logger } from 'pino';
import type { TracesOptions } from './traces.ts';

/** A collector that hangs holds up a stop no longer than this. */
const EXPORT_TIMEOUT_MS = 3_000;
/** When the processor gives up a batch: after the exporter has, which knows why. */
const BATCH_TIMEOUT_MS = EXPORT_TIMEOUT_MS + 1_000;
const WARN_EVERY_MS = 60_000;

/** Sends spans to a collector in batches, as JSON over HTTP. */
export function startExport(options: TracesOptions): { tracer: Tracer; shutdown(): Promise<void> } {
  const { endpoint, headers, serviceName, version, log } = options;
  const exporter = new OTLPTraceExporter({
    url: `${endpoint}/v1/traces`,
    headers,
    timeoutMillis: EXPORT_TIMEOUT_MS,
  });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      [ATTR_SERVICE_NAME]: serviceName,
      [ATTR_SERVICE_VERSION]: version,
    }),
    sampler: samplerOf(options),
    spanProcessors: [
      new BatchSpanProcessor(tellingFailures(exporter, log), { exportTimeoutMillis: BATCH_TIMEOUT_MS }),
    ],
  });
  // For W3C trace context. Which call a span belongs to is passed on as an argument, so nothing need follow it.
  provider.register({ contextManager: null });
  return {
    tracer: provider.getTracer('partoo-mcp', version),
    // A collector that is away must not make a stop fail. That it is has been said.
    shutdown: () => provider.shutdown().catch(() => {}),
  };
}

/**
 * One line a minute while spans are lost. Not the SDK's own lines: they hold what the collector answered, and some
 * collectors repeat the headers they refuse.
 */
function tellingFailures(exporter: SpanExporter, log: Logger): SpanExporter {
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

/** An HTTP status is all that is repeated of an answer: its message is the collector's. */
function problemOf(error: Error & { code?: unknown }): string {
  return typeof error.code === 'number' ? `the collector answers ${error.code}` : error.message;
}

function samplerOf({ sampler, ratio }: TracesOptions): Sampler {
  const root = rootSampler(sampler.replace('parentbased_', ''), ratio);
  return sampler.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root;
}

function rootSampler(name: string, ratio: number): Sampler {
  if (name === 'traceidratio') return new TraceIdRatioBasedSampler(ratio);
  return name === 'always_on' ? new AlwaysOnSampler() : new AlwaysOffSampler();
}

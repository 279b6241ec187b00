import { DiagLogLevel, diag, type Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-node';
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import type { TracesOptions } from './traces.ts';

/** A collector that hangs holds up a stop no longer than this. */
const EXPORT_TIMEOUT_MS = 3_000;

/** Sends spans to a collector in batches, as JSON over HTTP. */
export function startExport(options: TracesOptions): { tracer: Tracer; shutdown(): Promise<void> } {
  const { endpoint, headers, serviceName, version, log } = options;
  const warn = (problem: string) => log.warn({ problem: problem.slice(0, 500) }, 'traces');
  const quiet = () => {};
  diag.setLogger(
    { error: warn, warn, info: quiet, debug: quiet, verbose: quiet },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
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
    spanProcessors: [new BatchSpanProcessor(exporter, { exportTimeoutMillis: EXPORT_TIMEOUT_MS })],
  });
  // For W3C trace context. Which call a span belongs to is passed on as an argument, so nothing need follow it.
  provider.register({ contextManager: null });
  return {
    tracer: provider.getTracer('partoo-mcp', version),
    // A collector that is away must not make a stop fail.
    shutdown: () => provider.shutdown().catch(error => warn(`the last spans are lost: ${error}`)),
  };
}

function samplerOf({ sampler, ratio }: TracesOptions): Sampler {
  const root = rootSampler(sampler.replace('parentbased_', ''), ratio);
  return sampler.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root;
}

function rootSampler(name: string, ratio: number): Sampler {
  if (name === 'traceidratio') return new TraceIdRatioBasedSampler(ratio);
  return name === 'always_on' ? new AlwaysOnSampler() : new AlwaysOffSampler();
}

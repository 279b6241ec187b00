import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import type { ServedRequest } from '../http/fastify.ts';
import { createMetricsApp } from '../http/routes/metrics-page.ts';
import type { Instrumentation } from '../mcp/calls/instrumentation.ts';
import { instrumentAll } from './instrument-all.ts';
import type { Readings } from './readings.ts';

export interface Observability {
  instrumentation: Instrumentation;
  onServed?: (request: ServedRequest) => void;
  /** Serves the metrics. */
  open(): Promise<void>;
  /** Ends with the last traces sent. */
  close(): Promise<void>;
}

export interface ObservabilityOptions extends Omit<Readings, 'version'> {
  partooBaseUrl: string;
  toolNames: string[];
  log: Logger;
}

/** Metrics and traces, as configured. Their libraries are loaded only if they are used: that saves start time and memory. */
export async function createObservability(
  config: Config,
  { partooBaseUrl, log, ...options }: ObservabilityOptions,
): Promise<Observability> {
  const { METRICS_PORT, METRICS_HOST, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, version } = config;
  const metrics =
    METRICS_PORT === undefined
      ? undefined
      : (await import('./metrics.ts')).createMetrics({ version, ...options });
  const metricsApp = metrics && createMetricsApp({ metrics, boundTo: METRICS_HOST });
  const traces =
    endpoint === undefined
      ? undefined
      : (await import('./traces.ts')).createTraces({ ...config, endpoint, partooBaseUrl, log });
  return {
    instrumentation: instrumentAll([metrics, traces].flatMap(part => part?.instrumentation ?? [])),
    ...(metrics && { onServed: metrics.onServed }),
    async open() {
      const address = await metricsApp?.listen({ host: METRICS_HOST, port: METRICS_PORT });
      if (address !== undefined) log.info({ address }, 'metrics at /metrics');
    },
    async close() {
      await traces?.close();
      await metricsApp?.close();
    },
  };
}

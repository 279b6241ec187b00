import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { createMetricsApp } from '../http/routes/metrics-page.ts';
import type { CallInstrumentation, Instrumentation } from '../mcp/calls/instrumentation.ts';
import type { Readings } from './readings.ts';

/** Metrics and traces, as configured. Their libraries are loaded only if they are used: that saves start time and memory. */
export async function createObservability(
  config: Config,
  partooBaseUrl: string,
  toolNames: string[],
  readings: Readings,
  log: Logger,
) {
  const { METRICS_PORT, METRICS_HOST, OTEL_EXPORTER_OTLP_ENDPOINT, version } = config;
  const metrics =
    METRICS_PORT === undefined
      ? undefined
      : (await import('./metrics.ts')).createMetrics(version, toolNames, readings);
  const metricsApp = metrics && createMetricsApp(metrics.registry, METRICS_HOST);
  const traces =
    OTEL_EXPORTER_OTLP_ENDPOINT === undefined
      ? undefined
      : (await import('./traces.ts')).createTraces(config, partooBaseUrl, log);
  return {
    instrumentation: combine([metrics, traces].flatMap(part => part?.instrumentation ?? [])),
    onServed: metrics?.onServed,
    /** Serves the metrics. */
    async open() {
      const address = await metricsApp?.listen({ host: METRICS_HOST, port: METRICS_PORT });
      if (address !== undefined) log.info({ address }, 'metrics at /metrics');
    },
    /** Resolves when the last traces are sent. */
    async close() {
      await traces?.close();
      await metricsApp?.close();
    },
  };
}

/** Combines instrumentations into one. */
function combine(instrumentations: (CallInstrumentation & Partial<Instrumentation>)[]): Instrumentation {
  return {
    call(start) {
      const hooksOfAll = instrumentations.map(instrumentation => instrumentation.call(start));
      return {
        traceId: hooksOfAll.find(({ traceId }) => traceId !== undefined)?.traceId,
        admission(...admission) {
          for (const hooks of hooksOfAll) hooks.admission(...admission);
        },
        attempt(start) {
          const ends = hooksOfAll.map(hooks => hooks.attempt(start));
          return outcome => {
            for (const end of ends) end(outcome);
          };
        },
        ended(outcome) {
          for (const hooks of hooksOfAll) hooks.ended(outcome);
        },
      };
    },
    message(...message) {
      for (const instrumentation of instrumentations) instrumentation.message?.(...message);
    },
  };
}

import type { Logger } from 'pino';
import { type CallInstrumentation, NO_INSTRUMENTATION } from '../mcp/calls/instrumentation.ts';

export const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

export interface TracesOptions {
  /** The collector's base URL, by OTLP over HTTP. */
  endpoint: string;
  /** Sent to the collector with each batch. */
  headers: Record<string, string>;
  serviceName: string;
  sampler: (typeof SAMPLERS)[number];
  /** For the samplers that take one. */
  ratio: number;
  version: string;
  partooBaseUrl: string;
  log: Logger;
}

export interface Traces {
  instrumentation: CallInstrumentation;
  open(): Promise<void>;
  /** Sends what has not been sent. */
  close(): Promise<void>;
}

/** Spans for a collector. The SDK is loaded when they are opened: who wants no traces pays nothing for it. */
export function createTraces(options: TracesOptions): Traces {
  let instrumentation: CallInstrumentation = NO_INSTRUMENTATION;
  let close = async () => {};
  return {
    instrumentation: { call: start => instrumentation.call(start) },
    async open() {
      const [{ startExport }, { traceWithSpans }] = await Promise.all([
        import('./export.ts'),
        import('./spans.ts'),
      ]);
      const { tracer, shutdown } = startExport(options);
      instrumentation = traceWithSpans(tracer, new URL(options.partooBaseUrl));
      close = shutdown;
    },
    close: () => close(),
  };
}

import type { Logger } from 'pino';
import { type CallWatcher, NOBODY_WATCHES } from '../mcp/calls/instrumentation.ts';

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
  watcher: CallWatcher;
  open(): Promise<void>;
  /** Sends what has not been sent. */
  close(): Promise<void>;
}

/** Spans for a collector. The SDK is loaded when they are opened: who wants no traces pays nothing for it. */
export function createTraces(options: TracesOptions): Traces {
  let watcher: CallWatcher = NOBODY_WATCHES;
  let close = async () => {};
  return {
    watcher: { call: start => watcher.call(start) },
    async open() {
      const [{ startExport }, { watchWithSpans }] = await Promise.all([
        import('./export.ts'),
        import('./spans.ts'),
      ]);
      const { tracer, shutdown } = startExport(options);
      watcher = watchWithSpans(tracer, new URL(options.partooBaseUrl));
      close = shutdown;
    },
    close: () => close(),
  };
}

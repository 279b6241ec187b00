import { once } from 'node:events';
import { createServer } from 'node:http';

export interface ReceivedSpan {
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  name: string;
  kind: string;
  failed: boolean;
  attributes: Record<string, unknown>;
  events: { name: string; attributes: Record<string, unknown> }[];
}

export interface Collector {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  endpoint: string;
  spans: ReceivedSpan[];
  /** The HTTP headers of each batch. */
  headers: Record<string, unknown>[];
  /** Returns everything received, unparsed. */
  text(): string;
  /** The resource attributes of the sender. */
  resource: Record<string, unknown>;
  close(): void;
}

interface Pair {
  key: string;
  value: Record<string, unknown>;
}

interface SentSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  status: { code?: number };
  attributes: Pair[];
  events?: { name: string; attributes: Pair[] }[];
}

interface Batch {
  resourceSpans: { resource: { attributes: Pair[] }; scopeSpans: { spans: SentSpan[] }[] }[];
}

const KINDS = ['unspecified', 'internal', 'server', 'client'];
const STATUS_ERROR = 2;

/** Starts a small OpenTelemetry collector, which accepts OTLP over HTTP as JSON. */
export async function startCollector(): Promise<Collector> {
  const texts: string[] = [];
  const collector = { spans: [] as ReceivedSpan[], headers: [] as Record<string, unknown>[], resource: {} };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const rightly = request.url === '/v1/traces' && request.headers['content-type'] === 'application/json';
    if (!rightly) return void response.writeHead(404).end();
    texts.push(text);
    collector.headers.push(request.headers);
    for (const { resource, scopeSpans } of (JSON.parse(text) as Batch).resourceSpans) {
      Object.assign(collector.resource, read(resource.attributes));
      collector.spans.push(...scopeSpans.flatMap(({ spans }) => spans.map(toReceived)));
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return Object.assign(collector, {
    endpoint: `http://127.0.0.1:${port}`,
    text: () => texts.join('\n'),
    close() {
      server.close();
      server.closeAllConnections();
    },
  });
}

const toReceived = (span: SentSpan): ReceivedSpan => ({
  traceId: span.traceId,
  spanId: span.spanId,
  parentSpanId: span.parentSpanId || undefined,
  name: span.name,
  kind: KINDS[span.kind] ?? 'other',
  failed: span.status.code === STATUS_ERROR,
  attributes: read(span.attributes),
  events: (span.events ?? []).map(({ name, attributes }) => ({ name, attributes: read(attributes) })),
});

const read = (pairs: Pair[]): Record<string, unknown> =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, Object.values(value)[0]]));

import type { FastifyReply, FastifyRequest } from 'fastify';
import { onTestFinished } from 'vitest';
import { readArguments, runDoctor, type Wanted } from '../../src/doctor/command.ts';
import { createEmulator, type PartooEmulator } from '../../src/partoo-emulator/emulator.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests change any JSON
type Json = any;

/** A Partoo that is not as this server assumes. */
export interface Mutation {
  /** The path, below /v2, of the requests that it concerns. */
  path: string | RegExp;
  /** Changes a parsed answer in place, or returns another one. */
  answer?: (json: Json, query: Record<string, string>) => Json;
  /** As `answer`, for refusals. */
  refusal?: (json: Json) => Json;
  /** A parameter that Partoo ignores. */
  ignores?: string;
  /** A parameter that Partoo refuses. */
  refuses?: string;
  /** Another status, with its body and headers. */
  status?: { code: number; body: Json; headers?: Record<string, string>; times?: number };
}

export interface Run {
  code: number;
  output: string;
  report: { totals: Record<string, number>; beliefs: { id: string; outcome: string; detail?: string }[] };
  emulator: PartooEmulator;
  waits: number[];
  /** Every body that Partoo sent. */
  bodies: string[];
}

/** Runs the command against an emulator, without its pauses. */
export async function run(args: string[] = [], mutation?: Mutation, key = 'demo-admin'): Promise<Run> {
  const emulator = createEmulator({ rateLimitPerMinute: 100_000 });
  onTestFinished(() => emulator.close());
  if (mutation) mutate(emulator, mutation);
  const bodies: string[] = [];
  emulator.app.addHook('onSend', async (_request, _reply, payload) => {
    bodies.push(String(payload));
    return payload;
  });
  const lines: string[] = [];
  const waits: number[] = [];
  const code = await runDoctor(readArguments(args) as Wanted, {
    baseUrl: await emulator.listen(),
    key,
    version: 'test',
    print: line => lines.push(line),
    sleep: async ms => waits.push(ms),
    perMinute: 1e9,
  });
  const output = lines.join('\n');
  const report = args.includes('--json') && code !== 2 ? JSON.parse(output) : { totals: {}, beliefs: [] };
  return { code, output, report, emulator, waits, bodies };
}

function mutate({ app }: PartooEmulator, mutation: Mutation): void {
  let times = mutation.status?.times ?? Number.POSITIVE_INFINITY;
  const concerns = (request: FastifyRequest) => {
    const path = (request.url.split('?')[0] ?? '').replace('/v2', '');
    return typeof mutation.path === 'string' ? path === mutation.path : mutation.path.test(path);
  };
  app.addHook('preHandler', async (request: FastifyRequest, reply: FastifyReply) => {
    if (!concerns(request)) return;
    const query = request.query as Record<string, string>;
    const { ignores, refuses, status } = mutation;
    if (ignores !== undefined) delete query[ignores];
    if (refuses !== undefined && refuses in query) {
      await reply.code(400).send({ error: { json: { [refuses]: 'Unknown field.' } } });
    } else if (status && times-- > 0) {
      await reply
        .code(status.code)
        .headers(status.headers ?? {})
        .send(status.body);
    }
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const change = reply.statusCode < 300 ? mutation.answer : mutation.refusal;
    if (!change || !concerns(request)) return payload;
    const json = JSON.parse(String(payload));
    reply.removeHeader('content-length');
    return JSON.stringify(change(json, request.query as Record<string, string>) ?? json);
  });
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import { onTestFinished } from 'vitest';
import type { Belief } from '../../src/doctor/checks/belief.ts';
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
  /** Requests that Partoo accepts, with an empty object, where it should refuse them. */
  takes?: (query: Record<string, string>) => boolean;
  /** Another status, with its body and headers. */
  status?: { code: number; body: Json; headers?: Record<string, string>; times?: number };
}

export interface Run {
  code: number;
  output: string;
  report: { totals: Record<string, number>; beliefs: { id: string; outcome: string; detail?: string }[] };
  emulator: PartooEmulator;
  waits: number[];
  /** Below /v2, without queries. */
  paths: Set<string>;
  /** Every body that Partoo sent. */
  bodies: string[];
}

/** Runs the command against an emulator, without its pauses. */
export async function run(
  args: string[] = [],
  mutation?: Mutation,
  key = 'demo-admin',
  isWanted: (belief: Belief) => boolean = () => true,
): Promise<Run> {
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
  const wanted = readArguments(args) as Wanted;
  const code = await runDoctor(
    { ...wanted, beliefs: wanted.beliefs.filter(isWanted) },
    {
      baseUrl: await emulator.listen(),
      key,
      version: 'test',
      print: line => lines.push(line),
      sleep: async ms => waits.push(ms),
      perMinute: 1e9,
    },
  );
  const output = lines.join('\n');
  const report = args.includes('--json') && code !== 2 ? JSON.parse(output) : { totals: {}, beliefs: [] };
  const paths = new Set(emulator.requests.map(({ path }) => path.replace('/v2', '')));
  return { code, output, report, emulator, waits, paths, bodies };
}

export const concerns = (wanted: string | RegExp, path: string) =>
  typeof wanted === 'string' ? path === wanted : wanted.test(path);

function mutate({ app }: PartooEmulator, mutation: Mutation): void {
  let times = mutation.status?.times ?? Number.POSITIVE_INFINITY;
  const isConcerned = ({ url }: FastifyRequest) =>
    concerns(mutation.path, (url.split('?')[0] ?? '').replace('/v2', ''));
  app.addHook('preHandler', async (request: FastifyRequest, reply: FastifyReply) => {
    if (!isConcerned(request)) return;
    const query = request.query as Record<string, string>;
    const { ignores, refuses, takes, status } = mutation;
    if (ignores !== undefined) delete query[ignores];
    if (takes?.(query)) {
      await reply.code(200).send({});
    } else if (refuses !== undefined && refuses in query) {
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
    if (!change || !isConcerned(request)) return payload;
    const json = JSON.parse(String(payload));
    reply.removeHeader('content-length');
    return JSON.stringify(change(json, request.query as Record<string, string>) ?? json);
  });
}

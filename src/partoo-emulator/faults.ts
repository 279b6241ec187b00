import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { entryOf, pathOf } from './ledger.ts';

export type Fault = {
  method?: string;
  /** a string is the whole path as received, such as `/v2/reviews` */
  path?: string | RegExp;
  /** only for requests with this key */
  key?: string;
  /** default 1 */
  times?: number;
  /** 0 to 1, drawn anew for each request that matches; only a fault that was drawn counts. Default 1 */
  chance?: number;
  /** before: nothing was done; after: the request was carried out, then the fault. Default before */
  when?: 'before' | 'after';
} & (
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: unknown }
  | { kind: 'latency'; ms: number }
  | { kind: 'cut' }
  | { kind: 'cut_body' }
  | { kind: 'garbage' }
  | { kind: 'huge'; bytes: number }
);

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
}

interface Queue extends Faults {
  take(request: FastifyRequest, when: 'before' | 'after'): Fault | undefined;
}

/** `random` draws for faults that have a `chance`: 0 up to 1, as Math.random does. */
export function createFaults(random: () => number): Queue {
  const queue: { fault: Fault; left: number }[] = [];

  return {
    add(fault) {
      if (typeof fault.path === 'string' && !fault.path.startsWith('/v2/')) {
        throw new Error(`a fault's path starts with /v2/, this one never matches: ${fault.path}`);
      }
      const { chance = 1 } = fault;
      if (!(chance >= 0 && chance <= 1)) throw new Error(`a fault's chance is from 0 to 1, not ${chance}`);
      queue.push({ fault, left: fault.times ?? 1 });
    },
    clear() {
      queue.length = 0;
    },
    take(request, when) {
      const entry = queue.find(
        ({ fault, left }) =>
          left > 0 &&
          (fault.when ?? 'before') === when &&
          matches(fault, request) &&
          (fault.chance === undefined || random() < fault.chance),
      );
      if (!entry) return undefined;
      entry.left -= 1;
      entryOf(request)?.faults.push(entry.fault);
      return entry.fault;
    },
  };
}

function matches({ method, path, key }: Fault, request: FastifyRequest): boolean {
  const received = pathOf(request.url);
  if (method !== undefined && method !== request.method) return false;
  if (key !== undefined && key !== request.headers['x-apikey']) return false;
  if (path === undefined) return true;
  return typeof path === 'string' ? path === received : received.search(path) !== -1;
}

/** Faults come after authentication and the rate limit: a refused request meets none. */
export function sufferFaults(app: FastifyInstance, faults: Queue): void {
  const spoiled = new WeakSet<FastifyRequest>();

  app.addHook('preHandler', async (request, reply) => {
    const fault = faults.take(request, 'before');
    if (!fault) return;
    if (fault.kind === 'latency') {
      await sleep(fault.ms);
      return;
    }
    if (fault.kind === 'cut') {
      request.raw.socket.destroy();
      return reply.hijack();
    }
    spoiled.add(request);
    await reply.send(spoil(fault, reply));
    // A body that broke off has not ended, and Fastify would go on to the handler.
    return reply.hijack();
  });

  app.addHook('onSend', async (request, reply, payload) => {
    if (spoiled.has(request) || reply.statusCode >= 400) return payload;
    const fault = faults.take(request, 'after');
    if (!fault) return payload;
    if (fault.kind === 'latency') await sleep(fault.ms);
    else if (fault.kind === 'cut') request.raw.socket.destroy();
    else return spoil(fault, reply);
    return payload;
  });
}

type Spoiling = Exclude<Fault, { kind: 'latency' } | { kind: 'cut' }>;

/** Sets status and headers, answers the payload to send. */
function spoil(fault: Spoiling, reply: FastifyReply): string | Readable {
  reply.removeHeader('content-length').type('application/json; charset=utf-8');
  switch (fault.kind) {
    case 'status':
      reply.code(fault.status).headers(fault.headers ?? {});
      return typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? {});
    case 'garbage':
      reply.code(200);
      return '<html><body>We will be right back</body></html>';
    case 'huge':
      reply.code(200);
      return hugeJson(fault.bytes);
    case 'cut_body':
      reply.code(200).header('content-length', '4096');
      return Readable.from(brokenBody());
  }
}

async function* brokenBody() {
  yield Buffer.from('{"page":1,"max_page":1,"count":');
  // Long enough for the first bytes to leave before the connection is destroyed.
  await sleep(20);
  throw new Error('cut');
}

function hugeJson(bytes: number): string {
  const [head, tail] = ['{"page":1,"max_page":1,"count":1,"padding":"', '"}'];
  return head + 'x'.repeat(Math.max(0, bytes - head.length - tail.length)) + tail;
}

import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault, Faults } from './fault.ts';
import { entryOf, pathOf } from './request-log.ts';

interface FaultQueue extends Faults {
  take(request: FastifyRequest, when: 'before' | 'after'): Fault | undefined;
}

/** `random`: as Math.random, for faults with a `chance`. */
export function createFaultQueue(random: () => number): FaultQueue {
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

export function injectFaults(app: FastifyInstance, faults: FaultQueue): void {
  const replaced = new WeakSet<FastifyRequest>();

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
    replaced.add(request);
    await reply.send(replaceResponse(fault, reply));
    // Fastify would go on to the handler after a body that broke off.
    return reply.hijack();
  });

  app.addHook('onSend', async (request, reply, payload) => {
    if (replaced.has(request) || reply.statusCode >= 400) return payload;
    const fault = faults.take(request, 'after');
    if (!fault) return payload;
    if (fault.kind === 'latency') await sleep(fault.ms);
    else if (fault.kind === 'cut') request.raw.socket.destroy();
    else return replaceResponse(fault, reply);
    return payload;
  });
}

type ReplacingFault = Exclude<Fault, { kind: 'latency' } | { kind: 'cut' }>;

/** Sets status and headers, and returns the body. */
function replaceResponse(fault: ReplacingFault, reply: FastifyReply): string | Readable {
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
  // Let the first bytes leave before the connection is destroyed.
  await sleep(20);
  throw new Error('cut');
}

function hugeJson(bytes: number): string {
  const [head, tail] = ['{"page":1,"max_page":1,"count":1,"padding":"', '"}'];
  return head + 'x'.repeat(Math.max(0, bytes - head.length - tail.length)) + tail;
}

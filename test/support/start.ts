import { type Logger, pino } from 'pino';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import {
  createEmulator,
  type Fault,
  type PartooEmulator,
  type PartooEmulatorOptions,
  type ReceivedRequest,
} from '../../src/partoo-emulator/emulator.ts';
import { NEVER_OVERLOADED } from './process.ts';

export interface RunningServer {
  /** Its address, without a path. */
  origin: string;
  /** The MCP endpoint. */
  url: string;
  /** Everything it logged, parsed. */
  log: Record<string, unknown>[];
  close(): Promise<void>;
}

export interface RunningPair extends RunningServer {
  partoo: PartooEmulator;
  /** Returns the requests that Partoo received since the last call, except those that only add to a result: lookups of keys and names, counts. */
  received(): ReceivedRequest[];
}

/** Starts a server in front of the given Partoo, on a free port. */
export async function startServer(
  partooBaseUrl: string,
  env: Record<string, string> = {},
  options: Parameters<typeof createApp>[3] = {},
): Promise<RunningServer> {
  const log: Record<string, unknown>[] = [];
  const logger: Logger = pino(
    { level: env.LOG_LEVEL ?? 'trace' },
    { write: line => log.push(JSON.parse(line)) },
  );
  const config = readConfig({ PORT: '0', ...NEVER_OVERLOADED, ...env });
  const app = await createApp(config, partooBaseUrl, logger, options);
  const origin = await app.listen({ host: config.HOST, port: config.PORT });
  return { origin, url: `${origin}/mcp`, log, close: () => app.close() };
}

/** The default path of faults: every path except the lookup of a key, which precedes the request under test. */
const ANY_BUT_LOOKUP = /^\/v2\/(?!user\/me$)/;

/** At the end of a list of open businesses, the others are counted. */
const isCountOfOthers = ({ url }: ReceivedRequest) =>
  /[?&]status=closed,opening_soon,temporarily_closed&page=1&per_page=1$/.test(url);

/** Only a lookup of names asks for businesses by their ids, in every status, on a page of just that many. */
function isNameLookup({ url }: ReceivedRequest): boolean {
  const [, ids, size] =
    /\/business\/search\?business__in=([^&]+)&status=open,closed,opening_soon,temporarily_closed&page=1&per_page=(\d+)$/.exec(
      url,
    ) ?? [];
  return ids?.split(',').length === Number(size);
}

/** Starts a Partoo emulator and a server in front of it. */
export async function startPair(
  env: Record<string, string> = {},
  emulatorOptions: PartooEmulatorOptions = {},
  options: Parameters<typeof createApp>[3] = {},
): Promise<RunningPair> {
  const emulator = createEmulator(emulatorOptions);
  const add = (fault: Fault) => emulator.faults.add({ path: ANY_BUT_LOOKUP, ...fault });
  const partoo = { ...emulator, faults: { ...emulator.faults, add } };
  const server = await startServer(await partoo.listen(), env, options);
  let seen = 0;
  return {
    ...server,
    partoo,
    received() {
      const requests = partoo.requests.slice(seen);
      seen = partoo.requests.length;
      return requests.filter(
        request => request.path !== '/v2/user/me' && !isNameLookup(request) && !isCountOfOthers(request),
      );
    },
    async close() {
      await server.close();
      await partoo.close();
    },
  };
}

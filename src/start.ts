import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import closeWithGrace from 'close-with-grace';
import { createApp } from './app.ts';
import { type Config, readConfig } from './config/config.ts';
import { inBackground } from './core/background.ts';
import { makeToken } from './http/authentication/shared-key-tokens/token.ts';
import { credentialsOf, urlForCallers } from './http/deployment/deployment.ts';
import { createLogger } from './logger.ts';
import { defaultToolsOf } from './mcp/tool-filter/enabled-tools.ts';
import { demoBanner } from './partoo-emulator/banner.ts';
import { DEMO_KEYS } from './partoo-emulator/model/keys.ts';
import { clientSnippets, soloBanner } from './start-banner.ts';

async function start(config: Config): Promise<void> {
  const log = await createLogger(config.LOG_LEVEL, config.version);
  for (const warning of config.warnings) log.warn(warning);

  const emulator =
    config.PARTOO_ENV === 'demo'
      ? (await import('./partoo-emulator/emulator.ts')).createEmulator()
      : undefined;
  const partooBaseUrl = config.PARTOO_BASE_URL ?? (await emulator?.listen()) ?? '';
  const stop = new AbortController();
  const accessToken = config.makesAccessToken ? makeToken() : undefined;
  const app = await createApp(config, partooBaseUrl, log, {
    stopping: stop.signal,
    accessToken,
    onReload: reload =>
      process.on('SIGHUP', () => inBackground(log, 'the reload of the team tokens', reload)),
  });

  // Only the stack: pino would write every property of an error, and some carry customers' text.
  const logger = { error: (problem: unknown) => log.error({ problem: describe(problem) }, 'stopping') };
  // A rejected promise without a handler must not end the process for all other callers. An uncaught exception does: it may
  // have left anything half done.
  process.on('unhandledRejection', problem => {
    log.error({ problem: describe(problem) }, 'a bug of this server: a rejected promise had no handler');
  });
  const reloads = config.TEAM_TOKENS_FILE !== undefined;
  const skip = ['unhandledRejection' as const, ...(reloads ? (['SIGHUP'] as const) : [])];
  const grace = { delay: config.longestStopMs, logger, skip };
  closeWithGrace(grace, async ({ signal, err }) => {
    if (err) log.fatal({ problem: describe(err) }, 'stopping after a failure');
    else log.info({ signal }, 'stopping: calls in flight are finished');
    // Deployments send SIGTERM while the load balancer still sends calls. Ctrl-C stops at once.
    if (signal === 'SIGTERM') {
      stop.abort();
      await sleep(config.DRAIN_GRACE_MS);
    }
    await app.close();
    await emulator?.close();
  });

  log.info({ partoo: partooBaseUrl, limitsIn: config.REDIS_URL ? 'Redis' : 'this process' }, 'starting');
  const address = await app.listen({ host: config.HOST, port: config.PORT });
  // Scripts wait for the line that says where it listens.
  log.flush();
  const toolNames = defaultToolsOf(config).tools.map(({ name }) => name);
  if (config.serverKeyIsOpen || accessToken) {
    // Not through the log, which others may read and keep.
    const { port } = app.server.address() as AddressInfo;
    process.stdout.write(soloBanner(urlForCallers(config, port), accessToken, toolNames));
  } else if (emulator && config.serverKey === undefined) {
    const { header } = credentialsOf(config, DEMO_KEYS[0]?.key);
    process.stdout.write(demoBanner(address) + clientSnippets(`${address}/mcp`, header, toolNames));
  }
}

const describe = (problem: unknown) => (problem instanceof Error ? problem.stack : String(problem));

try {
  await start(readConfig());
} catch (error) {
  // There may be no logger yet, and configuration faults are for people to read.
  const { code, message } = error as NodeJS.ErrnoException;
  process.stderr.write(
    `${message}${code === 'EADDRINUSE' ? '; set PORT (or METRICS_PORT) to another port' : ''}\n`,
  );
  process.exit(1);
}

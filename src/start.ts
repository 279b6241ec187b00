import { setTimeout as sleep } from 'node:timers/promises';
import closeWithGrace from 'close-with-grace';
import { createApp } from './app.ts';
import { type Config, readConfig } from './config/config.ts';
import { createLogger } from './logger.ts';
import { demoBanner } from './partoo-emulator/banner.ts';

async function start(config: Config): Promise<void> {
  const log = await createLogger(config.LOG_LEVEL, config.version);
  for (const warning of config.warnings) log.warn(warning);

  const emulator =
    config.PARTOO_ENV === 'demo'
      ? (await import('./partoo-emulator/emulator.ts')).createEmulator()
      : undefined;
  const partooBaseUrl = config.PARTOO_BASE_URL ?? (await emulator?.listen()) ?? '';
  const stop = new AbortController();
  const app = await createApp(config, partooBaseUrl, log, { stopping: stop.signal });

  // Its own words only: pino would write every property of an error, and some carry what a customer wrote.
  const logger = { error: (problem: unknown) => log.error({ problem: describe(problem) }, 'stopping') };
  // A request that failed in a way nobody foresaw must not end the process for all other callers. An exception that nobody
  // caught does end it: it may have left anything half done.
  process.on('unhandledRejection', problem => {
    log.error({ problem: describe(problem) }, 'a bug of this server: a rejected promise had no handler');
  });
  const grace = { delay: config.longestStopMs, logger, skip: ['unhandledRejection' as const] };
  closeWithGrace(grace, async ({ signal, err }) => {
    if (err) log.fatal({ problem: describe(err) }, 'stopping after a failure');
    else log.info({ signal }, 'stopping: calls in flight are finished');
    // What a deployment sends, and its load balancer still sends calls. Ctrl-C is for now.
    if (signal === 'SIGTERM') {
      stop.abort();
      await sleep(config.DRAIN_GRACE_MS);
    }
    await app.close();
    await emulator?.close();
  });

  log.info({ partoo: partooBaseUrl, limitsIn: config.REDIS_URL ? 'Redis' : 'this process' }, 'starting');
  const address = await app.listen({ host: config.HOST, port: config.PORT });
  // Whoever waits for it to start waits for the line that says so.
  log.flush();
  if (emulator) process.stdout.write(demoBanner(`${address}/mcp`));
}

const describe = (problem: unknown) => (problem instanceof Error ? problem.stack : String(problem));

try {
  await start(readConfig());
} catch (error) {
  // Before the logger exists there is only stderr, and a fault in the configuration is for a person to read.
  const { code, message } = error as NodeJS.ErrnoException;
  process.stderr.write(
    `${message}${code === 'EADDRINUSE' ? '; set PORT (or METRICS_PORT) to another port' : ''}\n`,
  );
  process.exit(1);
}

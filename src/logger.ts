import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';

/** Lines are written together: one write a call wakes whoever reads them as often, and costs a tenth of the call. */
const TOGETHER = { minLength: 8_192, periodicFlush: 100 };
const WARN = 40;

/**
 * JSON for machines, lines for a person at a terminal. What goes well is written within a tenth of a second, warnings and
 * errors at once; every end but a SIGKILL writes what is left.
 */
export async function createLogger(level: string, version: string): Promise<Logger> {
  const base = { service: 'partoo-mcp', version };
  if (!process.stdout.isTTY) {
    return withUrgency({ level, base }, pino.destination({ dest: 1, sync: false, ...TOGETHER }));
  }
  const { default: pretty } = await import('pino-pretty');
  return pino(
    { level, base },
    pretty({ singleLine: true, ignore: 'pid,hostname,service,version', translateTime: 'SYS:HH:MM:ss' }),
  );
}

function withUrgency(options: LoggerOptions, destination: DestinationStream & { flush(): void }): Logger {
  return pino(
    {
      ...options,
      hooks: {
        logMethod(line, log, level) {
          log.apply(this, line);
          if (level >= WARN) destination.flush();
        },
      },
    },
    destination,
  );
}

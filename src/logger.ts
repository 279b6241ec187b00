import { type Logger, pino } from 'pino';

/** pino's number for it. */
const WARN = 40;
/** Lines are written together: one write a call wakes whoever reads them as often, up to a tenth of the call's CPU. */
const TOGETHER = { minLength: 8_192, periodicFlush: 100 };

/**
 * JSON for machines, lines for a person at a terminal. What goes well is written within a tenth of a second, warnings and
 * errors at once; every end but a SIGKILL writes what is left.
 */
export async function createLogger(level: string, version: string): Promise<Logger> {
  const base = { service: 'partoo-mcp', version };
  if (process.stdout.isTTY) {
    const { default: pretty } = await import('pino-pretty');
    const ignore = 'pid,hostname,service,version';
    return pino({ level, base }, pretty({ singleLine: true, ignore, translateTime: 'SYS:HH:MM:ss' }));
  }
  const destination = pino.destination({ dest: 1, sync: false, ...TOGETHER });
  const hooks: pino.LoggerOptions['hooks'] = {
    logMethod(line, log, level) {
      log.apply(this, line);
      if (level >= WARN) destination.flush();
    },
  };
  return pino({ level, base, hooks }, destination);
}

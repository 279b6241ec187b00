import { type Logger, pino } from 'pino';

/** pino's number for the level. */
const WARN = 40;
/** One write per call would wake the reader of the log as often, which costs up to a tenth of the call's CPU. */
const TOGETHER = { minLength: 8_192, periodicFlush: 100 };

/**
 * JSON, or readable lines on a terminal. Warnings and errors are written at once, other lines within 0.1 s; every exit except
 * SIGKILL writes the rest.
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

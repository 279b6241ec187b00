import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';

/** JSON for machines, lines for a person at a terminal. */
export function createLogger(level: string, version: string): Logger {
  const base = { service: 'partoo-mcp', version };
  if (!process.stdout.isTTY) return pino({ level, base });
  return pino(
    { level, base },
    pretty({ singleLine: true, ignore: 'pid,hostname,service,version', translateTime: 'SYS:HH:MM:ss' }),
  );
}

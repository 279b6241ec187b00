import { type Logger, pino } from 'pino';

/** JSON for machines, lines for a person at a terminal. */
export async function createLogger(level: string, version: string): Promise<Logger> {
  const base = { service: 'partoo-mcp', version };
  if (!process.stdout.isTTY) return pino({ level, base });
  const { default: pretty } = await import('pino-pretty');
  return pino(
    { level, base },
    pretty({ singleLine: true, ignore: 'pid,hostname,service,version', translateTime: 'SYS:HH:MM:ss' }),
  );
}

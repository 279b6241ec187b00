import { stat } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { Holder, Restriction } from '../../../core/caller.ts';
import { hashToken } from './token.ts';
import { endOf, readTokenFile, type TeamToken } from './token-file.ts';

/** The people and machines that share the server's key, each with a token of its own. */
interface TeamTokens {
  /** Returns the holder of a token; undefined for an unknown, revoked or expired one. */
  find(token: string): Holder | undefined;
  /** Reads the file again. A broken file changes nothing but the log. */
  reload(): Promise<void>;
}

/** Throws an Error that says where the file is broken. */
export async function openTeamTokens(file: string, log: Logger): Promise<TeamTokens> {
  let tokens = await read();
  let reading = Promise.resolve();

  async function read() {
    const read = await readTokenFile(file);
    await warnIfOthersMayWrite(file, log);
    return new Map(read.map(token => [token.hash, { holder: holderOf(token), endsAt: endOf(token) }]));
  }

  return {
    find(token) {
      const found = tokens.get(hashToken(token));
      return found && Date.now() < found.endsAt ? found.holder : undefined;
    },
    reload() {
      // One after the other, so that the latest content wins.
      reading = reading.then(readAgain);
      return reading;
    },
  };

  async function readAgain() {
    try {
      tokens = await read();
      log.info({ tokens: tokens.size }, 'the team tokens were read again');
    } catch (error) {
      const problem = (error as Error).message;
      log.error({ problem }, 'the team tokens are as before: TEAM_TOKENS_FILE is broken');
    }
  }
}

function holderOf({ name, readonly = false, toolsets }: TeamToken): Holder {
  const restriction: Restriction = { source: `the access token of ${name}`, readonly, toolsets };
  return { person: name, restriction: readonly || toolsets ? restriction : undefined };
}

const OTHERS_MAY_WRITE = 0o022;

async function warnIfOthersMayWrite(file: string, log: Logger): Promise<void> {
  const { mode } = await stat(file);
  // Windows has no such bits and reports all of them.
  if (process.platform === 'win32' || (mode & OTHERS_MAY_WRITE) === 0) return;
  log.warn(
    { file },
    'other users of this machine may write TEAM_TOKENS_FILE and so give themselves access: chmod 600',
  );
}

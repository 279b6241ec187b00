import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashToken, makeToken } from '../../src/http/authentication/shared-key-tokens/token.ts';

export interface TokenFile {
  path: string;
  /** Writes the file; a string as it is. */
  write(tokens: object[] | string, mode?: number): Promise<void>;
  remove(): Promise<void>;
}

/** A file for TEAM_TOKENS_FILE in a folder of its own. */
export async function tokenFile(tokens: object[] | string = []): Promise<TokenFile> {
  const folder = await mkdtemp(join(tmpdir(), 'partoo-mcp-team-'));
  const path = join(folder, 'tokens.json');
  const write = async (tokens: object[] | string, mode = 0o600) => {
    await writeFile(path, typeof tokens === 'string' ? tokens : JSON.stringify({ tokens }, undefined, 2));
    await chmod(path, mode);
  };
  await write(tokens);
  return { path, write, remove: () => rm(folder, { recursive: true }) };
}

/** A person's token, and its entry in the file. */
export function madeToken(name: string, rest: object = {}) {
  const token = makeToken();
  return { token, entry: { name, hash: hashToken(token), ...rest } };
}

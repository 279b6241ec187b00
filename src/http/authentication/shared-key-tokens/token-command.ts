import { parseArgs } from 'node:util';
import { nearest } from '../../../core/text/did-you-mean.ts';
import { hashToken, makeToken } from './token.ts';
import { changeTokenFile, checkToken, endOf, foldName, readTokenFile, type TeamToken } from './token-file.ts';

export const USAGE = `Usage:
  add <name> [--readonly] [--toolsets reviews,posts] [--expires 2027-01-31]   make an access token and print it once
  list                                                                        who has one, and for what
  remove <name>                                                               revoke one
The file is TEAM_TOKENS_FILE, or --file <path>. A running server reads it again on SIGHUP.`;

const COMMANDS = ['add', 'list', 'remove'];
const OPTIONS = {
  file: { type: 'string' },
  readonly: { type: 'boolean' },
  toolsets: { type: 'string' },
  expires: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

interface CommandOutput {
  /** For stdout: what a script would read. */
  result?: string;
  /** For people. */
  note?: string;
}

/** Runs one command. Throws an Error whose message is one sentence. `defaultFile`: TEAM_TOKENS_FILE. */
export async function runTokenCommand(
  args: string[],
  defaultFile: string | undefined,
): Promise<CommandOutput> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [command, ...names] = positionals;
  if (values.help || command === undefined) return { result: USAGE };
  const { file = defaultFile, readonly, toolsets, expires } = values;
  if (file === undefined)
    throw new Error('Name the file of the tokens: set TEAM_TOKENS_FILE, or pass --file.');
  if (command !== 'add' && (readonly ?? toolsets ?? expires) !== undefined) {
    throw new Error('Only add takes --readonly, --toolsets and --expires.');
  }
  switch (command) {
    case 'add':
      return add(file, { name: onlyName(command, names), readonly, toolsets, expires });
    case 'remove':
      return remove(file, onlyName(command, names));
    case 'list':
      if (names.length > 0) throw new Error('list takes no name.');
      return list(await readTokenFile(file));
    default: {
      const meant = nearest(command, COMMANDS, 1 / 2);
      throw new Error(
        `There is no command "${command}"${meant ? `; did you mean ${meant}?` : `: the commands are ${COMMANDS.join(', ')}.`}`,
      );
    }
  }
}

function onlyName(command: string, [name, ...others]: string[]): string {
  if (name === undefined || others.length > 0) {
    throw new Error(`${command} takes one name; a name with spaces needs quotes.`);
  }
  return name;
}

interface Wanted {
  name: string;
  readonly: boolean | undefined;
  toolsets: string | undefined;
  expires: string | undefined;
}

async function add(file: string, { name, readonly, toolsets, expires }: Wanted): Promise<CommandOutput> {
  const token = makeToken();
  const added = checkToken({
    name,
    hash: hashToken(token),
    readonly,
    toolsets: toolsets?.split(',').map(item => item.trim().toLowerCase()),
    expires,
  });
  if (endOf(added) <= Date.now()) throw new Error('--expires is in the past.');
  await changeTokenFile(file, tokens => {
    if (tokens.some(other => foldName(other.name) === foldName(name))) {
      throw new Error(`${name} has a token already; remove it first.`);
    }
    return [...tokens, added];
  });
  return {
    result: token,
    note:
      `This is the access token of ${name} (${scopeOf(added)}). It is shown only now.\n` +
      'It goes into the header "Authorization: Bearer <token>", or x-api-key. A running server knows it after SIGHUP.',
  };
}

async function remove(file: string, name: string): Promise<CommandOutput> {
  await changeTokenFile(file, tokens => {
    const others = tokens.filter(token => foldName(token.name) !== foldName(name));
    if (others.length < tokens.length) return others;
    const meant = nearest(
      name,
      tokens.map(token => token.name),
      1 / 3,
    );
    throw new Error(`${name} has no token${meant ? `; did you mean ${meant}?` : '.'}`);
  });
  return { note: `${name} has no token any more. A running server refuses it after SIGHUP.` };
}

function list(tokens: TeamToken[]): CommandOutput {
  if (tokens.length === 0) return { note: 'Nobody has a token.' };
  const width = Math.max(...tokens.map(({ name }) => name.length));
  return { result: tokens.map(token => `${token.name.padEnd(width)}  ${scopeOf(token)}`).join('\n') };
}

function scopeOf(token: TeamToken): string {
  const { readonly, toolsets, expires } = token;
  const until = endOf(token) <= Date.now() ? `expired ${expires}` : `until ${expires}`;
  return [
    readonly ? 'reads' : 'reads and writes',
    toolsets?.join(', ') ?? 'all toolsets',
    ...(expires === undefined ? [] : [until]),
  ].join('; ');
}

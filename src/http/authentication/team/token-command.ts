import { parseArgs } from 'node:util';
import { nearest } from '../../../core/did-you-mean.ts';
import { hashToken, makeTeamToken } from '../access-token.ts';
import { changeTokenFile, endOf, foldName, readTokenFile, type TeamToken } from './token-file.ts';

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

export interface CommandOutput {
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
  const { values, positionals } = parse(args);
  const [command, ...names] = positionals;
  if (values.help || command === undefined) return { result: USAGE };
  if (!COMMANDS.includes(command)) {
    const meant = nearest(command, COMMANDS, 1 / 2);
    throw new Error(
      `There is no command "${command}"${meant ? `; did you mean ${meant}?` : `: the commands are ${COMMANDS.join(', ')}.`}`,
    );
  }
  const file = values.file ?? defaultFile;
  if (file === undefined)
    throw new Error('Name the file of the tokens: set TEAM_TOKENS_FILE, or pass --file.');
  const { readonly, toolsets, expires } = values;
  if (command !== 'add' && (readonly ?? toolsets ?? expires) !== undefined) {
    throw new Error('Only add takes --readonly, --toolsets and --expires.');
  }
  if (command === 'list') {
    if (names.length > 0) throw new Error('list takes no name.');
    return list(await readTokenFile(file));
  }
  const [name, ...others] = names;
  if (name === undefined || others.length > 0) {
    throw new Error(`${command} takes one name; a name with spaces needs quotes.`);
  }
  return command === 'remove' ? remove(file, name) : add(file, { name, readonly, toolsets, expires });
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    const [, option = ''] = /Unknown option '(-*[^']*)'/.exec((error as Error).message) ?? [];
    if (option === '') throw error;
    const meant = nearest(option.replace(/^-+/, ''), Object.keys(OPTIONS), 1 / 3);
    throw new Error(`There is no option ${option}${meant ? `; did you mean --${meant}?` : '.'}`);
  }
}

interface Wanted {
  name: string;
  readonly: boolean | undefined;
  toolsets: string | undefined;
  expires: string | undefined;
}

async function add(file: string, { name, readonly, toolsets, expires }: Wanted): Promise<CommandOutput> {
  const token = makeTeamToken();
  const entry = {
    name,
    hash: hashToken(token),
    readonly,
    toolsets: toolsets?.split(',').map(item => item.trim().toLowerCase()),
    expires,
  };
  let added: TeamToken | undefined;
  await changeTokenFile(file, (tokens, check) => {
    if (tokens.some(other => foldName(other.name) === foldName(name))) {
      throw new Error(`${name} has a token already; remove it first.`);
    }
    added = check(entry);
    if (endOf(added) <= Date.now()) throw new Error('--expires is in the past.');
    return [...tokens, added];
  });
  return {
    result: token,
    note:
      `This is the access token of ${name} (${added && scopeOf(added)}). It is shown only now.\n` +
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

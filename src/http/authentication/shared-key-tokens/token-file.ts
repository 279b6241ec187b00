import { chown, open, readFile, rename, rm, stat } from 'node:fs/promises';
import * as z from 'zod';
import { nearest, unknownNames } from '../../../core/text/did-you-mean.ts';
import { TOOLSETS, type Toolset } from '../../../tools/index.ts';

/** The token of one person or machine. The token itself is stored nowhere. */
export type TeamToken = z.output<typeof TOKEN>;

const MAX_BYTES = 1024 * 1024;
const MAX_TOKENS = 1_000;
const MAX_PROBLEMS = 10;
const DAY_MS = 86_400_000;

const NAME = 'must be a name of 1 to 100 characters, without control characters';

const TOKEN = z.strictObject(
  {
    name: z
      .string({ error: NAME })
      .normalize('NFC')
      .trim()
      .regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u, { error: NAME }),
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/, { error: 'must be the SHA-256 of the token, as 64 lower-case hex digits' }),
    readonly: z.boolean({ error: 'must be true or false' }).optional(),
    /** Absent: all toolsets. */
    toolsets: z
      .array(z.string(), { error: 'must be a list of toolsets' })
      .min(1, { error: 'is empty; leave it out for all toolsets' })
      .superRefine((names, context) => {
        for (const problem of unknownNames('a toolset', names, TOOLSETS)) context.addIssue(problem);
      })
      .transform(names => TOOLSETS.filter(name => names.includes(name)) as Toolset[])
      .optional(),
    expires: z
      .union([z.iso.date(), z.iso.datetime({ offset: true })], {
        error: 'must be a date such as 2027-01-31, or a time such as 2027-01-31T12:00:00Z',
      })
      .optional(),
  },
  { error: unknownMembers(['name', 'hash', 'readonly', 'toolsets', 'expires']) },
);

const FILE = z.strictObject(
  {
    tokens: z
      .array(TOKEN, { error: 'must be a list of tokens' })
      .max(MAX_TOKENS, { error: `has more than ${MAX_TOKENS} tokens` })
      .superRefine((tokens, context) => {
        refuseDuplicates(
          'name',
          tokens.map(({ name }) => foldName(name)),
        );
        refuseDuplicates(
          'hash',
          tokens.map(({ hash }) => hash),
        );
        function refuseDuplicates(member: string, values: string[]) {
          for (const [index, value] of values.entries()) {
            if (values.indexOf(value) === index) continue;
            context.addIssue({
              code: 'custom',
              path: [index, member],
              message: 'is that of an earlier token too',
            });
          }
        }
      }),
  },
  { error: unknownMembers(['tokens']) },
);

/** A misspelt `readonly` or `expires` must not leave a token that can do more than its administrator meant. */
function unknownMembers(known: string[]) {
  return (issue: { code?: string; keys?: string[] }) => {
    if (issue.code !== 'unrecognized_keys') return 'must be an object';
    const [name = ''] = issue.keys ?? [];
    const meant = nearest(name, known, 1 / 3);
    return `has no member "${name.slice(0, 50)}"${meant ? `; did you mean "${meant}"?` : `. Known are ${known.join(', ')}.`}`;
  };
}

/** Two names that a reader of the log cannot tell apart are the same. */
export const foldName = (name: string) => name.normalize('NFKC').trim().toLowerCase();

/** When a token stops working, epoch ms: a date works to its end, in UTC. */
export function endOf({ expires }: Pick<TeamToken, 'expires'>): number {
  if (expires === undefined) return Number.POSITIVE_INFINITY;
  return expires.includes('T') ? Date.parse(expires) : Date.parse(expires) + DAY_MS;
}

/** Reads the tokens of a file. Throws an Error that names the file, the members and what is wrong there. */
export async function readTokenFile(file: string): Promise<TeamToken[]> {
  const { size } = await stat(file).catch(error => {
    throw new Error(`${file}: cannot be read (${error.code ?? error.message})`);
  });
  if (size > MAX_BYTES) throw new Error(`${file}: is larger than ${MAX_BYTES / 1024 / 1024} MiB`);
  const text = await readFile(file, 'utf8').catch(error => {
    throw new Error(`${file}: cannot be read (${error.code ?? error.message})`);
  });
  return parseTokens(text, file);
}

function parseTokens(text: string, file: string): TeamToken[] {
  const { data, error } = FILE.safeParse(parseJson(text, file));
  if (data) return data.tokens;
  const problems = error.issues
    .slice(0, MAX_PROBLEMS)
    .map(({ path, message }) => `${file}: ${z.core.toDotPath(path) || 'the file'} ${message}`);
  throw new Error(problems.join('\n'));
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file}: is not JSON (${(error as Error).message})`);
  }
}

/** Throws an Error that says what is wrong with the first wrong member. */
export function checkToken(token: unknown): TeamToken {
  const { data, error } = TOKEN.safeParse(token);
  if (data) return data;
  const [{ path, message } = { path: [], message: '' }] = error.issues;
  throw new Error(`${String(path[0])}: ${message}`);
}

/**
 * Replaces the tokens of a file by what `change` returns, all or nothing. A file that does not exist has no tokens. Only its
 * owner may read the new file.
 */
export async function changeTokenFile(
  file: string,
  change: (tokens: TeamToken[]) => TeamToken[],
): Promise<void> {
  // Its name also keeps two changes apart, of which the later would undo the earlier.
  const temporary = `${file}.new`;
  const handle = await open(temporary, 'wx', 0o600).catch(error => {
    if (error.code !== 'EEXIST') throw new Error(`${file}: cannot be written (${error.code})`);
    throw new Error(`${temporary} exists: another change is under way. If none is, remove it.`);
  });
  try {
    const before = await stat(file).catch(() => undefined);
    const tokens = change(before ? await readTokenFile(file) : []);
    await handle.writeFile(`${JSON.stringify({ tokens }, undefined, 2)}\n`);
    await handle.sync();
    // Changed by root, it must still be readable for the server.
    if (before && process.getuid?.() === 0) await chown(temporary, before.uid, before.gid);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

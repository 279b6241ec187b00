import * as z from 'zod';
import { SETTINGS } from '../src/config/settings.ts';
import { writeOrCheck } from './support/generated-file.ts';

/** Writes docs/configuration.md and .env.example from the settings. With `--check` it fails if they differ. */

interface SettingSchema {
  description: string;
  default?: string | number;
  type?: string;
  enum?: string[];
  minimum?: number;
  maximum?: number;
}

/** The headings, each with the setting that begins its group. */
const GROUPS = new Map([
  ['HOST', 'Server and Partoo'],
  ['REDIS_URL', 'Shared state'],
  ['PARTOO_API_KEY', 'A key that people share'],
  ['SIGN_IN', 'Sign-in'],
  ['RATE_LIMIT_PER_MINUTE', 'Limits'],
  ['WRITE_MEMORY_SECONDS', 'Writes, results and rejected keys'],
  ['TOOL_DEADLINE_MS', 'Time'],
  ['ANONYMOUS_DISCOVERY', 'Access'],
  ['METRICS_PORT', 'Metrics and traces'],
  ['ALLOW_INSECURE_NODE', 'Process and proxies'],
]);

const { properties } = z.toJSONSchema(SETTINGS, { io: 'input' }) as unknown as {
  properties: Record<string, SettingSchema>;
};

const groups: { title: string; settings: [string, SettingSchema][] }[] = [];
for (const [name, schema] of Object.entries(properties)) {
  const title = GROUPS.get(name);
  if (title !== undefined) groups.push({ title, settings: [] });
  groups.at(-1)?.settings.push([name, schema]);
}
if (groups.length !== GROUPS.size)
  throw new Error('a group of scripts/configuration-reference.ts has no setting');

const cell = (text: string) => text.replaceAll('|', '\\|');
const shown = (value: string | number | undefined) =>
  value === undefined || value === '' ? '' : `\`${value}\``;

function values({ enum: names, minimum, maximum }: SettingSchema): string {
  if (names) return names.map(name => `\`${name}\``).join(', ');
  return minimum === undefined || maximum === undefined ? '' : `${minimum} to ${maximum}`;
}

function table(settings: [string, SettingSchema][]): string {
  const rows = settings.map(
    ([name, schema]) =>
      `| \`${name}\` | ${shown(schema.default)} | ${values(schema)} | ${cell(schema.description)} |`,
  );
  return ['| setting | default | values | |', '|---|---|---|---|', ...rows].join('\n');
}

writeOrCheck(
  'docs/configuration.md',
  `# Configuration

Generated from \`src/config/settings.ts\` by \`npm run docs\`; do not edit.

The server reads its settings from the environment, once, at the start. It reports all faults together and does not start with
any. A name that looks misspelt is a warning; one that may mean \`READ_ONLY\` or \`TOOLSETS\` stops the start. Valid settings that
break a promise together are warnings that say what to set ([troubleshooting](troubleshooting.md#the-server-does-not-start)).

${groups.map(({ title, settings }) => `## ${title}\n\n${table(settings)}`).join('\n\n')}
`,
  'npm run docs',
);

/** Wraps a description at 100 characters, as comments without Markdown. */
function comment(text: string): string {
  const lines = [''];
  for (const word of text.replaceAll('`', '').split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line.length + word.length > 100) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.map(line => `# ${line}`).join('\n');
}

const example = groups.map(({ title, settings }) => {
  const entries = settings.map(
    ([name, schema]) => `${comment(schema.description)}\n# ${name}=${schema.default ?? ''}`,
  );
  return `## ${title}\n\n${entries.join('\n\n')}`;
});

writeOrCheck(
  '.env.example',
  `# Every setting with its default, generated from src/config/settings.ts by \`npm run docs\`; do not edit.
# All are optional. Copy what you change into a file .env: npm run dev, npm start and docker compose read it.

${example.join('\n\n')}
`,
  'npm run docs',
);

/**
 * The parts of a Server Card that we use, after schema.ts of github.com/modelcontextprotocol/experimental-ext-server-card (8924e08,
 * 2026-07-24; a card was checked against that schema itself). Other names are errors here: a card may have them, ours has none.
 */
const object = (properties: object, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const text = { type: 'string', minLength: 1 };
const shortText = { type: 'string', minLength: 1, maxLength: 100 };
const flag = { type: 'boolean' };
const input = { description: text, isRequired: flag, isSecret: flag };

const header = object(
  {
    name: text,
    ...input,
    value: text,
    variables: { type: 'object', additionalProperties: object(input) },
  },
  ['name'],
);

const remote = object(
  {
    type: { const: 'streamable-http' },
    url: { type: 'string', pattern: '^https?://[^\\s]+$' },
    headers: { type: 'array', items: header, minItems: 1 },
    supportedProtocolVersions: {
      type: 'array',
      items: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    },
  },
  ['type', 'url'],
);

export const SERVER_CARD_SCHEMA = object(
  {
    $schema: { const: 'https://static.modelcontextprotocol.io/schemas/v1/server-card.schema.json' },
    name: { type: 'string', minLength: 3, maxLength: 200, pattern: '^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$' },
    version: { type: 'string', maxLength: 255 },
    title: shortText,
    description: shortText,
    websiteUrl: { type: 'string', pattern: '^https://' },
    icons: {
      type: 'array',
      items: object({ src: text, mimeType: text, sizes: { type: 'array', items: text } }, ['src']),
    },
    remotes: { type: 'array', items: remote, minItems: 1 },
  },
  ['$schema', 'name', 'version', 'description'],
);

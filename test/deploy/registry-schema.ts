/**
 * The parts of the MCP registry's server.json that we use, from
 * https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json (the newest dated one in 2026-11; the file itself was
 * checked against it). Other names are errors: the registry ignores unknown ones, and so misspelt ones.
 */
const object = (properties: object, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const listOf = (items: object) => ({ type: 'array', items, minItems: 1 });
const text = { type: 'string', minLength: 1 };
const shortText = { type: 'string', minLength: 1, maxLength: 100 };
const flag = { type: 'boolean' };
const url = { type: 'string', pattern: '^https?://[^\\s]+$' };

const input = { description: text, isRequired: flag, isSecret: flag, placeholder: text, value: text };
const streamableHttp = {
  type: { const: 'streamable-http' },
  url,
  headers: listOf(object({ name: text, ...input }, ['name'])),
};

const remote = object(
  { ...streamableHttp, variables: { type: 'object', additionalProperties: object(input) } },
  ['type', 'url'],
);

const image = object(
  {
    registryType: { const: 'oci' },
    // Host, path and tag: the registry wants the version of an image in its name.
    identifier: { type: 'string', pattern: '^ghcr\\.io/[a-z0-9._/-]+:[\\w.-]+$' },
    runtimeHint: { const: 'docker' },
    runtimeArguments: listOf(object({ type: { const: 'named' }, name: text, ...input }, ['type', 'name'])),
    transport: object(streamableHttp, ['type', 'url']),
  },
  ['registryType', 'identifier', 'transport'],
);

export const REGISTRY_SCHEMA = object(
  {
    $schema: { const: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json' },
    name: { type: 'string', minLength: 3, maxLength: 200, pattern: '^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$' },
    title: shortText,
    description: shortText,
    // Versions, not ranges of them.
    version: { type: 'string', maxLength: 255, pattern: '^[0-9]+\\.[0-9]+\\.[0-9]+(-[\\w.]+)?$' },
    websiteUrl: url,
    repository: object({ url, source: { const: 'github' } }, ['url', 'source']),
    remotes: listOf(remote),
    packages: listOf(image),
  },
  ['$schema', 'name', 'description', 'version'],
);

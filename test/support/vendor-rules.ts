import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import type { ListedTool } from './clients.ts';

/**
 * Model vendors and clients are known to refuse these things in a list of tools. Most refuse the whole list, or every request
 * with it, because of one bad tool. Each rule has an example that it refuses, so that a test can check the rule.
 */

/** The part of JSON Schema that the rules read. */
export interface Schema {
  [keyword: string]: unknown;
  properties?: Record<string, unknown>;
  required?: string[];
  enum?: unknown[];
}

export interface Rule {
  vendor: string;
  rule: string;
  /** A report of the refusal, or its documentation. */
  source: string;
}

/** A rule about a whole tool. */
interface ToolRule extends Rule {
  refuses(tool: ListedTool): boolean;
  /** Fields that make a valid tool refused. */
  example: Partial<ListedTool>;
}

/** A rule about every schema in a tool. */
export interface SchemaRule extends Rule {
  /** Most vendors read arguments only. */
  of: 'arguments' | 'arguments and results';
  refuses(schema: Schema): boolean;
  example: Schema;
}

/** The longest supported name of this server in a client's configuration. */
const SERVER_NAME_LENGTH = 20;
const serverName = 's'.repeat(SERVER_NAME_LENGTH);

const v1Validator = new AjvJsonSchemaValidator();

export const TOOL_RULES: ToolRule[] = [
  {
    vendor: 'Anthropic and OpenAI',
    rule: 'a name has only letters, digits, _ and -, at most 64',
    // Anthropic's API has taken 128 since 2025; Claude Desktop and OpenAI still take 64.
    source: 'https://github.com/anthropics/claude-code/issues/34960',
    refuses: ({ name }) => !/^[a-zA-Z0-9_-]{1,64}$/.test(name),
    example: { name: 'reviews.search' },
  },
  {
    vendor: 'Gemini',
    rule: 'a name starts with a letter or _',
    source: 'https://github.com/SuperClaude-Org/SuperGemini_Framework/issues/12',
    refuses: ({ name }) => !/^[a-zA-Z_]/.test(name),
    example: { name: '21st_search' },
  },
  {
    vendor: 'Cursor',
    rule: `a name of ${SERVER_NAME_LENGTH} characters for the server and the tool's are less than 60 together`,
    // Cursor silently omits the tool.
    source: 'https://github.com/ComposioHQ/composio/issues/2788',
    refuses: ({ name }) => `${serverName}${name}`.length >= 60,
    example: { name: 'a'.repeat(40) },
  },
  {
    vendor: 'Claude Code',
    rule: 'mcp__server__tool is at most 64 characters',
    source: 'https://github.com/ChromeDevTools/chrome-devtools-mcp/issues/1169',
    refuses: ({ name }) => `mcp__${serverName}__${name}`.length > 64,
    example: { name: 'a'.repeat(38) },
  },
  {
    vendor: 'OpenAI',
    rule: 'a description has at most 1024 characters',
    // Newer models take more; Azure and the models of 2024 do not.
    source: 'https://github.com/getsentry/sentry-mcp/issues/106',
    refuses: ({ description = '' }) => description.length > 1024,
    example: { description: 'a'.repeat(1025) },
  },
  {
    vendor: 'Anthropic and OpenAI',
    rule: 'arguments are one object: no oneOf, anyOf, allOf, enum, const or not at the top',
    // "input_schema does not support oneOf, allOf, or anyOf at the top level", for every request of the session.
    source: 'https://github.com/makenotion/notion-mcp-server/issues/341',
    refuses: ({ inputSchema }) =>
      ['oneOf', 'anyOf', 'allOf', 'enum', 'const', 'not'].some(keyword => keyword in inputSchema),
    example: { inputSchema: { type: 'object', properties: {}, anyOf: [{ required: ['id'] }] } },
  },
  {
    vendor: 'Anthropic',
    rule: 'an argument is named with letters, digits, _, . and -, at most 64',
    source: 'https://github.com/beautyfree/appstore-connect-mcp/issues/2',
    refuses: ({ inputSchema }) => !namesMatch(inputSchema, /^[a-zA-Z0-9_.-]{1,64}$/),
    example: { inputSchema: { type: 'object', properties: { 'filter[name]': { type: 'string' } } } },
  },
  {
    vendor: 'v1 SDK',
    rule: 'arguments and results are of type object',
    // It parses the list with zod: one tool with another root type hides all tools.
    source: 'https://github.com/kenn-io/msgvault/issues/626',
    refuses: ({ inputSchema, outputSchema = { type: 'object' } }) =>
      inputSchema.type !== 'object' || outputSchema.type !== 'object',
    example: { outputSchema: { type: 'array', items: { type: 'string' } } },
  },
  {
    vendor: 'v1 SDK',
    rule: 'its validator compiles the schema of results',
    // It compiles them while listing: one that fails makes `listTools` throw.
    source: 'https://github.com/modelcontextprotocol/typescript-sdk/issues/1175',
    refuses: ({ outputSchema }) => outputSchema !== undefined && !compiles(outputSchema),
    example: { outputSchema: { type: 'object', properties: { row: { $ref: '#/$defs/Row' } } } },
  },
];

/**
 * The keywords of Gemini's `Schema`, except those that others refuse or that Gemini accepts only sometimes (anyOf: only
 * alone; format: only enum and date-time). Check Gemini's documentation before adding a keyword.
 * `additionalProperties` is not in `Schema` either, but strict OpenAI requires it, so clients of Gemini remove it or send
 * `parametersJsonSchema`: https://github.com/google-gemini/gemini-cli/issues/4301
 */
const KEYWORDS = new Set([
  'type',
  'description',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'minimum',
  'maximum',
  'maxLength',
]);

export const SCHEMA_RULES: SchemaRule[] = [
  {
    vendor: 'Gemini',
    rule: 'only keywords that it knows',
    // 'Unknown name "exclusiveMinimum": Cannot find field.' Likewise const, format, propertyNames, uniqueItems, …
    source: 'https://github.com/pizza-bot-app/pizza-bot/issues/62',
    of: 'arguments and results',
    refuses: schema => Object.keys(schema).some(keyword => !KEYWORDS.has(keyword)),
    example: { type: 'integer', exclusiveMinimum: 0 },
  },
  {
    vendor: 'Gemini',
    rule: 'a type is one type, not a list of them',
    // "Proto field is not repeating, cannot start list."
    source: 'https://github.com/nanbingxyz/5ire/issues/218',
    of: 'arguments and results',
    refuses: ({ type }) => Array.isArray(type),
    example: { type: ['string', 'null'] },
  },
  {
    vendor: 'Gemini',
    rule: 'every schema has a type',
    // "schema didn't specify the schema type field"
    source: 'https://github.com/P0luz/Ombre-Brain/issues/119',
    of: 'arguments',
    refuses: ({ type }) => type === undefined,
    example: { description: 'Anything.' },
  },
  {
    vendor: 'Gemini',
    rule: 'an object has at least one property',
    // "should be non-empty for OBJECT type"
    source: 'https://github.com/CherryHQ/cherry-studio/issues/3270',
    of: 'arguments',
    refuses: ({ type, properties }) => type === 'object' && Object.keys(properties ?? {}).length === 0,
    example: { type: 'object', properties: {} },
  },
  {
    vendor: 'Gemini',
    rule: 'only objects have properties and required',
    source: 'https://github.com/anomalyco/opencode/issues/11889',
    of: 'arguments',
    refuses: ({ type, properties, required }) =>
      type !== 'object' && (properties !== undefined || required !== undefined),
    example: { type: 'string', required: ['id'] },
  },
  {
    vendor: 'Gemini',
    rule: 'required properties are defined',
    // "required[0]: property is not defined"
    source: 'https://github.com/iBUHub/AIStudioToAPI/issues/154',
    of: 'arguments',
    refuses: ({ properties = {}, required = [] }) => required.some(name => !(name in properties)),
    example: { type: 'object', properties: { id: { type: 'string' } }, required: ['code'] },
  },
  {
    vendor: 'Gemini',
    rule: 'a property is named like a variable, at most 64 characters',
    source: 'https://cloud.google.com/vertex-ai/docs/reference/rest/v1beta1/FunctionDeclaration',
    of: 'arguments',
    refuses: schema => !namesMatch(schema, /^[a-zA-Z_][a-zA-Z0-9_]{0,63}$/),
    example: { type: 'object', properties: { 'rating.min': { type: 'integer' } } },
  },
  {
    vendor: 'Gemini',
    rule: 'an enum contains only strings',
    // "only allowed for STRING type"
    source: 'https://github.com/router-for-me/CLIProxyAPI/issues/1260',
    of: 'arguments',
    refuses: ({ type, enum: values }) =>
      values !== undefined && (type !== 'string' || values.some(value => typeof value !== 'string')),
    example: { type: 'integer', enum: [1, 2] },
  },
  {
    vendor: 'Gemini',
    rule: 'an enum has no empty string, and is not empty',
    // "enum[0]: cannot be empty"
    source: 'https://github.com/anomalyco/opencode/pull/46676',
    of: 'arguments',
    refuses: ({ enum: values }) => values !== undefined && (values.length === 0 || values.includes('')),
    example: { type: 'string', enum: ['', 'open'] },
  },
  {
    vendor: 'OpenAI, Gemini and VS Code',
    rule: 'an array describes its items',
    source: 'https://github.com/microsoft/vscode/issues/246119',
    of: 'arguments',
    refuses: ({ type, items }) => type === 'array' && !isSchema(items),
    example: { type: 'array' },
  },
  {
    vendor: 'OpenAI',
    rule: 'an object lists its properties',
    // "object schema missing properties"
    source: 'https://github.com/openai/openai-agents-python/issues/449',
    of: 'arguments',
    refuses: ({ type, properties }) => type === 'object' && !isSchema(properties),
    example: { type: 'object' },
  },
  {
    vendor: 'OpenAI',
    rule: 'no regular expressions',
    // Its engine refuses look-arounds and \p{…}, which zod's formats have.
    source: 'https://github.com/vercel/ai/pull/21037',
    of: 'arguments and results',
    refuses: schema => 'pattern' in schema || 'patternProperties' in schema,
    example: { type: 'string', pattern: '^(?!\\.)\\S+@\\S+$' },
  },
  {
    vendor: 'OpenAI Codex',
    rule: 'additionalProperties is true or false',
    // "invalid type: map, expected a boolean"
    source: 'https://github.com/openai/codex/issues/4300',
    of: 'arguments',
    refuses: ({ additionalProperties }) => isSchema(additionalProperties),
    example: {
      type: 'object',
      properties: { id: { type: 'string' } },
      additionalProperties: { type: 'string' },
    },
  },
  {
    vendor: 'v1 SDK',
    rule: 'a property is described by an object, never by true or false',
    // "Failed to get tools"; zod drops the list.
    source: 'https://github.com/anomalyco/opencode/issues/49464',
    of: 'arguments and results',
    refuses: ({ properties = {} }) => !Object.values(properties).every(isSchema),
    example: { type: 'object', properties: { anything: true } },
  },
  {
    vendor: 'Claude Code and draft-07 clients',
    rule: 'no $schema or $id',
    // Clients on SDK v2 refuse draft-07 by its name, clients on ajv's default refuse 2020-12.
    source: 'https://github.com/anthropics/claude-code/issues/88882',
    of: 'arguments and results',
    refuses: schema => '$schema' in schema || '$id' in schema,
    example: { $schema: 'http://json-schema.org/draft-07/schema#', type: 'string' },
  },
  {
    vendor: 'Gemini and Gemini CLI',
    rule: 'no references',
    source: 'https://github.com/google-gemini/gemini-cli/issues/13694',
    of: 'arguments and results',
    refuses: schema => ['$ref', '$defs', 'definitions'].some(keyword => keyword in schema),
    example: { type: 'object', properties: {}, $defs: { Row: { type: 'object' } } },
  },
];

export const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const namesMatch = ({ properties = {} }: Schema, pattern: RegExp) =>
  Object.keys(properties).every(name => pattern.test(name));

function compiles(schema: Record<string, unknown>): boolean {
  try {
    v1Validator.getValidator(schema);
    return true;
  } catch {
    return false;
  }
}

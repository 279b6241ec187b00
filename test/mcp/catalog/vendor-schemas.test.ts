import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeTools } from '../../../src/mcp/catalog/tool-list.ts';
import { tools } from '../../../src/tools/index.ts';
import { CLIENTS, type ListedTool } from '../../support/clients.ts';
import { type RunningPair, startPair } from '../../support/start.ts';
import { describeRefusal, refusals } from '../../support/vendor-lint.ts';
import { SCHEMA_RULES, TOOL_RULES } from '../../support/vendor-rules.ts';

const catalog = describeTools(tools);

describe('the served tool list', () => {
  let pair: RunningPair;
  beforeAll(async () => {
    pair = await startPair();
  });
  afterAll(() => pair.close());

  // The v1 client compiles every outputSchema when it lists, and throws if one does not compile.
  test.each(CLIENTS)(
    'reaches $client complete, and has nothing that a vendor refuses',
    async ({ connect }) => {
      const client = await connect(`${pair.url}?toolsets=all`);
      const list = await client.listTools();
      await client.close();
      expect(list.map(({ _meta, ...tool }) => tool)).toEqual(catalog);
      expect(list.flatMap(refusals)).toEqual([]);
    },
  );
});

/** In strict mode, unknown keywords, keywords of another type and required names without a schema are errors. */
const VALIDATORS = [
  { draft: '2020-12', compile: (schema: object) => new Ajv2020({ strict: true }).compile(schema) },
  { draft: 'draft-07', compile: (schema: object) => new Ajv({ strict: true }).compile(schema) },
];

describe.each(VALIDATORS)('strict ajv for $draft', ({ compile }) => {
  test.each(catalog)('compiles both schemas of $name', ({ inputSchema, outputSchema = {} }) => {
    compile(inputSchema);
    compile(outputSchema);
  });

  test.each([
    { why: 'an unknown keyword', schema: { type: 'string', maximumLength: 5 } },
    { why: 'a keyword of another type', schema: { type: 'string', minimum: 5 } },
    { why: 'a required name without a schema', schema: { type: 'object', required: ['id'] } },
    { why: 'an unknown type', schema: { type: 'text' } },
  ])('refuses $why', ({ schema }) => {
    expect(() => compile(schema)).toThrow();
  });
});

describe('the vendor rules', () => {
  const good: ListedTool = {
    name: 'good',
    inputSchema: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
    outputSchema: { type: 'object' },
  };
  const holding = (schema: object) => ({
    type: 'object',
    properties: { rows: { type: 'array', items: { type: 'object', properties: { row: schema } } } },
  });

  test('find nothing in a good tool', () => {
    expect(refusals(good)).toEqual([]);
  });

  test.each(TOOL_RULES)('find in a tool what $vendor refuses: $rule', rule => {
    const bad = { ...good, ...rule.example };
    expect(refusals(bad)).toContain(describeRefusal(rule, bad.name));
  });

  test.each(SCHEMA_RULES)('find in a schema what $vendor refuses: $rule', rule => {
    const inArguments = { ...good, inputSchema: holding(rule.example) };
    expect(refusals(inArguments)).toContain(describeRefusal(rule, 'good inputSchema.rows[].row'));

    const inResults = refusals({ ...good, outputSchema: holding(rule.example) });
    const refusal = describeRefusal(rule, 'good outputSchema.rows[].row');
    if (rule.of === 'arguments') expect(inResults).not.toContain(refusal);
    else expect(inResults).toContain(refusal);
  });
});

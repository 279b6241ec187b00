import type { ListedTool } from './clients.ts';
import {
  isSchema,
  type Rule,
  SCHEMA_RULES,
  type Schema,
  type SchemaRule,
  TOOL_RULES,
} from './vendor-rules.ts';

/** Returns every rule that a tool breaks, with vendor and place. */
export function refusals(tool: ListedTool): string[] {
  const ofTool = TOOL_RULES.filter(({ refuses }) => refuses(tool)).map(rule =>
    describeRefusal(rule, tool.name),
  );
  const ofSchemas = SCHEMA_RULES.flatMap(rule =>
    schemasOf(tool, rule)
      .filter(({ schema }) => rule.refuses(schema))
      .map(({ path }) => describeRefusal(rule, `${tool.name} ${path}`)),
  );
  return [...ofTool, ...ofSchemas];
}

export const describeRefusal = ({ vendor, rule, source }: Rule, where: string) =>
  `${where}: ${vendor}: ${rule} (${source})`;

interface Found {
  schema: Schema;
  path: string;
}

function schemasOf({ inputSchema, outputSchema = {} }: ListedTool, { of }: SchemaRule): Found[] {
  const ofArguments = within(inputSchema, 'inputSchema');
  return of === 'arguments' ? ofArguments : [...ofArguments, ...within(outputSchema, 'outputSchema')];
}

/** Returns a schema and its nested schemas. Ignores keywords that a rule refuses anyway. */
function within(schema: unknown, path: string): Found[] {
  if (!isSchema(schema)) return [];
  const inner = Object.entries(isSchema(schema.properties) ? schema.properties : {});
  return [
    { schema, path },
    ...inner.flatMap(([name, property]) => within(property, `${path}.${name}`)),
    ...within(schema.items, `${path}[]`),
    ...within(schema.additionalProperties, `${path}.*`),
  ];
}
